/** One API at work: its resources, and their kinds by model and by entity. */
import type { Entities } from '../../store/base.ts';
import { ModelTable } from './model/model-table.ts';
import type { Model } from './model/model.ts';
import type { LookupResource, Resource } from './model/resource.ts';

export interface ServiceOptions {
  /** `logisense` */
  readonly name: string;
  readonly title: string;
  readonly resources: readonly Resource[];
  readonly lookups: readonly LookupResource[];
  readonly entities: Entities;
  /** The owner for whom every token acts. */
  readonly actingOwner: number;
}

export class Service {
  readonly options: ServiceOptions;
  readonly #kinds = new Map<Model, ModelTable>();

  constructor(options: ServiceOptions) {
    this.options = options;
  }
  kindOf(model: Model): ModelTable {
    let kind = this.#kinds.get(model);
    if (kind === undefined) this.#kinds.set(model, (kind = new ModelTable(this.options.name, model)));
    return kind;
  }
  /** `logisense.contacts` */
  table(entity: string): string {
    return `${this.options.name}.${entity}`;
  }
}
