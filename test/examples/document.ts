/** What a text for readers shows and a test can run: its blocks of code, and its commands with what they print. */
/** A file of the repository that a block shows a part of: `<!-- test/recipes/vite/vite.config.js -->` above it. */
export interface Block {
  readonly language: string;
  readonly body: string;
  readonly file: string | undefined;
}

/** A command as it is typed, and what is printed below it. `…` stands for anything. */
export interface Step {
  readonly command: string;
  readonly output: string;
}

/** Commands that share their servers, and what these log meanwhile. */
export interface Session {
  readonly steps: readonly Step[];
  readonly log: string;
}

export const blocksOf = (text: string): Block[] =>
  [...text.matchAll(/(?:^<!-- (\S+) -->\n\n?)?^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, file, language = '', body = '']) => ({
    language,
    body,
    file,
  }));

/** Each `console` block, with the `log` block that follows it. */
export function sessionsOf(text: string): Session[] {
  const blocks = blocksOf(text);
  return blocks.flatMap(({ language, body }, i) => {
    if (language !== 'console') return [];
    const next = blocks[i + 1];
    return [{ steps: stepsOf(body), log: next?.language === 'log' ? next.body.trimEnd() : '' }];
  });
}

function stepsOf(body: string): Step[] {
  return body
    .split(/^\$ /m)
    .filter(Boolean)
    .map((part) => {
      // A command goes on below a line that ends with a backslash.
      const [, command = '', output = ''] = /^((?:.*\\\n)*.*)\n?([\s\S]*)$/.exec(part.trimEnd()) ?? [];
      return { command, output };
    });
}

/** Words that a person reads, as `wc -w` counts them: all but the tables that code has written. */
export const wordsOf = (text: string): number =>
  text
    .replaceAll(/<!-- (\w+):start -->[\s\S]*?<!-- \1:end -->/g, '')
    .split(/\s+/)
    .filter(Boolean).length;

/** Where links and pictures lead that do not leave the repository. */
export const linksOf = (text: string): string[] =>
  [...text.matchAll(/(?:\]\(|src=")((?!https?:)[^)"\s]+)/g)].map(([, target]) => target as string);

/** The anchors of a text's headings, as GitHub makes them. */
export const anchorsOf = (text: string): string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\d\s-]/gu, '')
      .replaceAll(/\s/g, '-'),
  );
