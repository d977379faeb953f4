/** JSON as ServiceStack.Text writes it (servicestack.md §3.1); JSON lines of a response that is no data contract are the same text. */
import { CLR, jsonText } from '../values/clr.ts';
import { compact } from '../compact-writer.ts';

export const json = compact({
  textOf: (type) => CLR[type].json,
  name: (name) => `"${name}":`,
  key: jsonText,
  string: jsonText,
  nothing: ({ profile }) => (profile.nulls === 'written' ? 'null' : ''),
  noItem: 'null',
  isLeftOut: () => undefined,
});
