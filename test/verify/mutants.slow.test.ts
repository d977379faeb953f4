/** Servers that are wrong in one thing, all of them. */
import { test } from 'vitest';
import { cases } from '../support/mutants/cases.ts';
import { expectFound } from '../support/mutants/expect-found.ts';

test.each(cases)('tells $title from $operation', expectFound);
