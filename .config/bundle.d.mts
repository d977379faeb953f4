/** Writes the executable and its chunks into a folder. */
export declare function bundle(outdir: string): Promise<void>;
