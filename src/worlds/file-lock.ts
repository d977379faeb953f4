/** One process alone may write a file: a lock beside it names the process, and one whose process is gone is taken over. */
import { MockError } from '../mock-error.ts';
import { fileSystem } from './files.ts';

/** Takes the lock; gives the function that lets go of it. Throws a `MockError` while another process that runs has it. */
export function lockFile(path: string): () => void {
  const fs = fileSystem();
  const lock = `${path}.lock`;
  const own = ownerText(process.pid);
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      fs.writeFileSync(lock, own, { flag: 'wx' });
      return () => fs.rmSync(lock, { force: true });
    } catch (error) {
      if ((error as { code?: string }).code !== 'EEXIST')
        throw new MockError(
          'unwritable-file',
          `${lock} cannot be written: ${(error as Error).message}.`,
          'Make room on the disk, or give a path that this user may write.',
        );
      const owner = read(lock);
      const pid = Number(owner.split(' ', 1)[0]);
      if (pid !== process.pid && owner === ownerText(pid)) {
        throw new MockError(
          'state-in-use',
          `${path} is in use by another contacts-mock (process ${pid}).`,
          'Stop it, or give each server a file of its own.',
        );
      }
      fs.rmSync(lock, { force: true });
    }
  }
  throw new MockError('state-in-use', `${lock} is being taken by another process.`, 'Start again.');
}

/** As `/proc` writes a process that has ended. */
const ZOMBIE = 'Z';

const read = (path: string): string => {
  try {
    return fileSystem().readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

/** A process and, where the system tells, when it began: numbers of processes are given out again. Empty: no such process. */
function ownerText(pid: number): string {
  if (!Number.isSafeInteger(pid) || pid < 1) return 'nobody';
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process runs all the same.
    if ((error as { code?: string }).code !== 'EPERM') return 'nobody';
  }
  const stat = read(`/proc/${pid}/stat`);
  const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A killed process has its number until its parent asks how it ended, which the first process of a container may never do.
  return state === ZOMBIE ? 'nobody' : `${pid} ${rest[18] ?? ''}`;
}
