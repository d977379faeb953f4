/** `contacts-mock types`: the DTOs as text, for those who only copy. */
import { chosen } from '../../apis/chosen.ts';
import { interfaceDeclarations } from '../../derive/declarations/interfaces.ts';
import type { ApiDescription } from '../../derive/api-description.ts';
import { settingsOf } from '../../options.ts';
import type { Api } from '../../protocols/protocol.ts';
import { type Command, type Io, type Parsed, usageError } from '../args.ts';
import { optionsOf } from '../mock-options.ts';

export const command: Command = {
  name: 'types',
  summary: 'Prints the types of all DTOs: what stands in the JSON of requests and answers.',
  options: {
    ...optionsOf('apis'),
    as: {
      value: 'interfaces|typescript|csharp|mjs',
      default: 'interfaces',
      meaning: 'plain TypeScript, or the classes that a ServiceStack service generates',
    },
  },
  example: 'contacts-mock types --api canvara > canvara.ts',
};

export async function run(parsed: Parsed, io: Io): Promise<number> {
  const form = parsed.text('as') ?? 'interfaces';
  const apis = chosen(parsed.has('api') ? parsed.all('api') : undefined);
  const settings = settingsOf({});
  const described = await Promise.all(apis.map(async (api) => ({ api, description: await api.describe(settings) })));
  const printed = form === 'interfaces' ? described : described.filter(({ description }) => form in description.languages);
  if (printed.length === 0)
    throw usageError(`${apis.map(({ name }) => name).join(', ')} generates no classes.`, 'Leave --as out for interfaces.');
  const texts = printed.map(({ api, description }) => {
    const text = textOf(description, form);
    if (printed.length === 1) return text;
    // Several APIs have a Contact.
    return form === 'interfaces' ? namespaceOf(api, text) : `// ${api.title}\n${text}`;
  });
  await io.stdout(texts.join('\n'));
  return 0;
}

const textOf = ({ types, languages }: ApiDescription, form: string): string =>
  form === 'interfaces' ? interfaceDeclarations(types) : (languages[form]?.() ?? '');

/** `LogiSense`: the name as the title spells it. */
function namespaceOf({ name, title }: Api, text: string): string {
  const spelt = new RegExp(name, 'i').exec(title)?.[0] ?? name.charAt(0).toUpperCase() + name.slice(1);
  return `export declare namespace ${spelt} {\n${text.replace(/^(?=.)/gm, '  ')}}\n`;
}
