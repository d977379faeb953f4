/** `--report FILE`: what was found, as JUnit or as JSON. */
import { open, writeFile } from 'node:fs/promises';
import type { Report } from '../verify/report/report.ts';
import { usageError } from './args.ts';

/** A run that could not ask at all. */
export interface FailedRun {
  readonly url: string;
  readonly error: string;
}

/**
 * Looks whether the file can be written, and answers what writes it.
 * @throws MockError, before anything is asked: a run of minutes must not end in a typing error
 */
export async function reportWriter(file: string): Promise<(report: Report | FailedRun) => Promise<void>> {
  const format = /\.(xml|json)$/i.exec(file)?.[1]?.toLowerCase();
  if (format === undefined)
    throw usageError(`--report ${file} ends neither in .xml nor in .json.`, 'Write verify.xml for JUnit, verify.json for JSON.');
  try {
    await (await open(file, 'a')).close();
  } catch (error) {
    throw usageError(`${file} cannot be written (${(error as NodeJS.ErrnoException).code}).`, 'Choose a file in a folder that exists.');
  }
  const { json, jsonFailure } = await import('../verify/report/json.ts');
  const { junit, junitFailure } = await import('../verify/report/junit.ts');
  const [whole, failure] = format === 'xml' ? [junit, junitFailure] : [json, jsonFailure];
  return (report) => writeFile(file, 'error' in report ? failure(report.url, report.error) : whole(report));
}
