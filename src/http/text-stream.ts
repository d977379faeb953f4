/** A long text that is made while it is sent: the next piece when the reader has taken the last one. */
import type { ReadableStream as WebStream } from 'node:stream/web';

const encoder = new TextEncoder();

/** `pieces` are ended when their reader goes away. */
export function textStream(pieces: AsyncGenerator<string>): WebStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      async cancel() {
        await pieces.return(undefined);
      },
    },
    { highWaterMark: 1 },
  ) as WebStream<Uint8Array>;
}
