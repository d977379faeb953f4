/** The classes that a service generates for its clients, made to run. */
import type { IReturn } from '@servicestack/client';
import { transform } from 'esbuild';

// biome-ignore lint/suspicious/noExplicitAny: their members are what the service says, which no compiler has seen
export type GeneratedClass = new (init?: object) => IReturn<any> & { getTypeName(): string };

/** What a `/types/typescript` address answers, as a module. */
export async function generatedTypes<N extends string>(address: string): Promise<Readonly<Record<N, GeneratedClass>>> {
  const { code } = await transform(await (await fetch(address)).text(), { loader: 'ts', format: 'esm' });
  return (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`)) as Record<N, GeneratedClass>;
}
