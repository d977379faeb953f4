/** Every change that the console makes can be taken back: it takes a snapshot before, and goes back to it. */
import { act, admin, path, say, world } from './api.ts';
import { ignore } from './dom.ts';

interface Step {
  readonly name: string;
  readonly what: string;
}

/** Snapshots of these names are the console's own. */
export const OWN = 'console-undo-';
const MAX_STEPS = 20;
const place = `contacts-mock undo ${world}`;

let steps: Step[] = JSON.parse(sessionStorage.getItem(place) ?? '[]');
let onchange: () => void = ignore;
export const onUndoChange = (listener: () => void) => {
  onchange = listener;
};
/** What would be taken back next. */
export const nextUndo = () => steps.at(-1)?.what;

function keep(left: Step[]) {
  steps = left;
  sessionStorage.setItem(place, JSON.stringify(steps));
  onchange();
}

/** A reset server has none of them any more. */
const forget = ({ name }: Step) => admin(path('snapshots', name), 'DELETE').catch(ignore);

/** Remembers the world as it is before something is done to it. */
export async function remember(what: string): Promise<Step> {
  const step = { name: OWN + Date.now(), what };
  await admin(path('snapshots', step.name), 'PUT');
  const [oldest, ...younger] = [...steps, step];
  if (younger.length < MAX_STEPS) keep([...steps, step]);
  else {
    keep(younger);
    await forget(oldest as Step);
  }
  return step;
}

/** Changes the world so that it can be undone; throws where that did not work. */
export async function attempt(what: string, work: () => Promise<unknown>) {
  const step = await remember(what);
  try {
    await work();
  } catch (error) {
    // Nothing was changed: nothing is to be undone. Another change may have been made meanwhile.
    keep(steps.filter((one) => one !== step));
    await forget(step);
    throw error;
  }
  say(`${what}. Undo takes it back.`);
}

/** The same, telling what went wrong. */
export const change = (what: string, work: () => Promise<unknown>) => act(() => attempt(what, work));

export async function undo() {
  const last = steps.at(-1);
  if (last === undefined) return false;
  keep(steps.slice(0, -1));
  return act(async () => {
    try {
      await admin(`${path('snapshots', last.name)}/restore`, 'POST');
    } catch (error) {
      keep([]);
      throw error;
    }
    await forget(last);
  }, `Undone: ${last.what}.`);
}
