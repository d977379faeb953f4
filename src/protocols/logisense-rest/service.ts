/** One API at work: its resources, with the table of each model. */
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
  readonly #tables = new Map<Model, ModelTable>();

  constructor(options: ServiceOptions) {
    this.options = options;
  }
  tableOf(model: Model): ModelTable {
    let table = this.#tables.get(model);
    if (table === undefined) this.#tables.set(model, (table = new ModelTable(this.options.name, model)));
    return table;
  }
  /** `logisense.contacts` */
  tableId(entity: string): string {
    return `${this.options.name}.${entity}`;
  }
}
