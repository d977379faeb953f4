/** Asks a mock everything that the argument says, in its order, and prints the answers in one fixed order. */
import { createMock } from '../../../src/mock.ts';

const paths = JSON.parse(process.argv[2] ?? '[]') as string[];
const mock = createMock({ seed: 'Ünïcödé 7', auth: 'off' });
const answers: string[] = [];
for (const path of paths) {
  // A world for each call: the number of the call in its world is the only thing that may differ.
  const response = await mock.fetch(`http://mock${path}`, { headers: { 'X-Mock-World': `w${answers.length}` } });
  answers.push(`${path}\n${response.status}\n${[...response.headers].map((pair) => pair.join(': ')).join('\n')}\n${await response.text()}`);
}
process.stdout.write(answers.sort().join('\n\n'));
