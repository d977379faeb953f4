/**
 * The console's files as text. The bundle has them in place of this module; where the sources run they are made as the build
 * makes them, so that what is tested is what is shipped.
 */
export type ConsoleFile = 'console.html' | 'console.css' | 'console.js';

let made: Promise<Readonly<Record<ConsoleFile, string>>> | undefined;

export async function builtFile(name: ConsoleFile): Promise<string> {
  // Not a name that a bundler could follow: the tools of the build are no part of the package.
  const build = new URL('../../../.config/console.mjs', import.meta.url).href;
  made ??= import(build).then(({ consoleFiles }) => consoleFiles());
  return (await made)![name];
}
