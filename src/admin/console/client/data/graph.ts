/** Who is connected to whom, drawn by hand: the record in the middle, its connections in rings around it. */
import type { RecordGraph } from '../../../records/graph.ts';
import { h, svg } from '../dom.ts';
import { recordAddress } from '../router.ts';

const SIZE = 440;
const MIDDLE = SIZE / 2;
/** Room for names beside the outer ring. */
const MARGIN = 125;
/** Up to here every record has its name beside it. */
const MAX_NAMED = 48;
const MAX_NAME = 16;

export function drawGraph({ nodes, edges }: RecordGraph) {
  const rings = Math.max(1, ...nodes.map(({ distance }) => distance));
  // Those of an outer ring stand in the order of the ones that they hang on.
  const anchor = (i: number) => edges.reduce((least, { from, to }) => Math.min(least, from === i ? to : to === i ? from : least), i);
  const order = nodes.map((_, i) => i).sort((left, right) => anchor(left) - anchor(right));
  const spots = nodes.map(({ distance }, i) => {
    const ring = order.filter((one) => nodes[one]?.distance === distance);
    const angle = (ring.indexOf(i) / ring.length) * 2 * Math.PI - Math.PI / 2;
    const radius = (distance / rings) * (MIDDLE - 20);
    return { x: MIDDLE + radius * Math.cos(angle), y: MIDDLE + radius * Math.sin(angle) };
  });
  const lines = edges.map(({ from, to, label }) => {
    const [start, end] = [spots[from], spots[to]];
    const kind = from === 0 || to === 0 ? 'near' : 'far';
    return svg('line', { x1: start?.x, y1: start?.y, x2: end?.x, y2: end?.y, class: kind }, label !== '' && svg('title', label));
  });
  const circles = nodes.map(({ entity, key, label, distance }, i) => {
    const { x = 0, y = 0 } = spots[i] ?? {};
    const side = distance === 0 ? 'middle' : x < MIDDLE - 1 ? 'end' : 'start';
    const text = { x: x + { middle: 0, end: -11, start: 11 }[side], y: distance === 0 ? y - 16 : y + 4, 'text-anchor': side };
    const name = label.length > MAX_NAME ? `${label.slice(0, MAX_NAME - 1)}…` : label;
    return svg(
      'a',
      { href: recordAddress(entity, key), class: `ring${distance}` },
      svg('title', `${label} · ${entity} ${key}`),
      svg('circle', { cx: x, cy: y, r: distance === 0 ? 9 : 6 }),
      (nodes.length <= MAX_NAMED || distance < rings) && svg('text', text, name),
    );
  });
  const viewBox = `${-MARGIN} 0 ${SIZE + 2 * MARGIN} ${SIZE}`;
  return h('div.graph', svg('svg', { viewBox, role: 'group', label: 'Connections as a drawing' }, lines, circles));
}
