/** The path as ASP.NET Core hands it to ServiceStack: decoded, dot segments resolved, `+` read as a space. */
import { percentDecoded } from './percent-encoding.ts';

/** Kestrel refuses such a path before anything else is looked at (recording errors/trendsic/route-null-byte). */
export const NULL_BYTE = '%00';

export function pathInfo(path: string): string {
  let text = path;
  if (text.includes('%')) text = decoded(text);
  if (text.includes('/.')) text = withoutDots(text);
  return text.includes('+') ? text.replaceAll('+', ' ') : text;
}

/** An encoded slash stays (`%2f` is undone by ServiceStack, `%2F` by nobody). */
const decoded = (text: string): string =>
  text
    .split('%2F')
    .map((part) => part.split('%2f').map(percentDecoded).join('/'))
    .join('%2F');

function withoutDots(path: string): string {
  const kept: string[] = [];
  const segments = path.split('/');
  segments.forEach((segment, i) => {
    const isLast = i === segments.length - 1;
    if (segment === '..') {
      if (kept.length > 1) kept.pop();
      if (isLast) kept.push('');
    } else if (segment !== '.') kept.push(segment);
    else if (isLast) kept.push('');
  });
  return kept.join('/');
}
