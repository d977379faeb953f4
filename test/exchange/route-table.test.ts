import { expect, test } from 'vitest';
import { RouteTable } from '../../src/exchange/route-table.ts';
import { bodilessPlan, type Mount, type Planner } from '../../src/protocols/protocol.ts';
import type { WorldManager } from '../../src/worlds/manager.ts';

const [list, one, unmatched]: Planner[] = [() => bodilessPlan(200), () => bodilessPlan(200), () => bodilessPlan(404)];
const apis = [
  {
    mount({ route }: Mount) {
      route('/pets', list!);
      route('/pets/:id', one!);
    },
  },
];
const tableOf = () => new RouteTable({ apis, settings: {} } as unknown as WorldManager, ['/about', '/'], unmatched!);

test('a target leads to the planner of its route, however often it comes, and an unknown one to the planner of those', () => {
  const table = tableOf();
  for (let time = 0; time < 2; time++) {
    expect(table.find('/pets')).toBe(list);
    expect(table.find('/PETS/?page=2')).toBe(list);
    expect(table.find('//pets//7')).toBe(one);
    expect(table.find('/pest')).toBe(unmatched);
    expect(table.find('/__worlds/zoo/pets?page=2')).toBe(list);
    expect(table.find('/__worlds/zoo/pest')).toBe(unmatched);
  }
  expect(table.rows.map(({ pattern, planner }) => [pattern, planner])).toEqual([
    ['/pets', list],
    ['/pets/:id', one],
  ]);
});

test('what the host answers itself, an absolute address and `OPTIONS *` have no planner', () => {
  const table = tableOf();
  for (const target of ['/', '/?page=2', '/About/', '/__worlds/zoo', 'http://zoo.example.com/pets', '*', ''])
    expect(table.find(target), target).toBeUndefined();
});

test('long targets, and those that come after thousands of others, are found as well', () => {
  const table = tableOf();
  for (let i = 0; i < 4100; i++) expect(table.find(`/pets/${i}`)).toBe(one);
  const long = `/pets?name=${'x'.repeat(1000)}`;
  expect([table.find(long), table.find(long), table.find('/pets/0')]).toEqual([list, list, one]);
});
