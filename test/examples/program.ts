/** `contacts-mock` from the sources, as a process. */
import { main } from '../../src/cli/main.ts';

void main((name) => import(name));
