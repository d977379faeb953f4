/** What was found: printed, and with `--report FILE` written as JUnit or as JSON. */
import { writeFile } from 'node:fs/promises';
import type { Report } from '../verify/report/report.ts';
import { type Io, usageError } from './args.ts';
import { mustBeWritable } from './output-file.ts';

/** A run that could not ask at all. */
export interface FailedRun {
  readonly url: string;
  readonly error: string;
}

export async function print(report: Report, io: Io): Promise<void> {
  const { text } = await import('../verify/report/text.ts');
  io.stdout(text(report, io.isTerminal === true && io.env?.['NO_COLOR'] === undefined));
}

/** Looks whether the file can be written, and answers what writes it. */
export async function reportWriter(file: string): Promise<(report: Report | FailedRun) => Promise<void>> {
  const format = /\.(xml|json)$/i.exec(file)?.[1]?.toLowerCase();
  if (format === undefined)
    throw usageError(`--report ${file} ends neither in .xml nor in .json.`, 'Write verify.xml for JUnit, verify.json for JSON.');
  await mustBeWritable(file);
  const { json, jsonFailure } = await import('../verify/report/json.ts');
  const { junit, junitFailure } = await import('../verify/report/junit.ts');
  const [whole, failure] = format === 'xml' ? [junit, junitFailure] : [json, jsonFailure];
  return (report) => writeFile(file, 'error' in report ? failure(report.url, report.error) : whole(report));
}
