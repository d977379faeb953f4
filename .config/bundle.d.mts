/** Writes `contacts-mock.js`, library and command line in one, and `cli/main.js`, which runs it, into a folder. */
export declare function bundle(folder: string): Promise<void>;
