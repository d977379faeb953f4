/** Fails where another program than the one that the row names runs the test. */
import { equal } from 'node:assert/strict';

const { RUNTIME, RUNTIME_VERSION } = process.env;
equal(process.versions[RUNTIME], RUNTIME_VERSION);
