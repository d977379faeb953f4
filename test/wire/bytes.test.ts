import { afterEach, describe, expect, test, vi } from 'vitest';
import { detectedText, ownText, utf8Text } from '../../src/wire/bytes.ts';
import { DecodeError, EncodeError } from '../../src/wire/error.ts';
import { fromLatin1, toLatin1 } from '../../src/wire/latin1.ts';

const utf16 = (text: string, isBig = false): Uint8Array => {
  const bytes = Buffer.from(text, 'utf16le');
  return isBig ? bytes.swap16() : bytes;
};

describe('a body as text', () => {
  test.each<[string | Uint8Array, string, string]>([
    ['é', 'é', 'é'],
    ['\ufeffé', 'é', 'é'],
    ['\ufeff\ufeffé', '\ufeffé', '\ufeffé'],
    [Buffer.from('é'), 'é', 'é'],
    [Buffer.from('\ufeffé'), 'é', 'é'],
    [Buffer.from('\ufeff\ufeffé'), '\ufeffé', '\ufeffé'],
    [Buffer.from([0xe9]), '\ufffd', '\ufffd'],
    [Buffer.from([0xff, 0x61]), '\ufffda', '\ufffda'],
    [Buffer.from([0xfe, 0x61]), '\ufffda', '\ufffda'],
    [utf16('\ufeffé'), '\ufffd\ufffd\ufffd\0', 'é'],
    [utf16('\ufeffé', true), '\ufffd\ufffd\0\ufffd', 'é'],
    [new Uint8Array(), '', ''],
  ])('%j is %j in UTF-8, and %j where a mark tells the encoding', (body, inUtf8, detected) => {
    expect([utf8Text(body), detectedText(body)]).toEqual([inUtf8, detected]);
  });
  test('a part of a text, short or long, is the same as a text of its own', () => {
    for (const part of ['', 'a', 'b'.repeat(12), 'c'.repeat(13), 'd'.repeat(1000)]) expect(ownText(part)).toBe(part);
  });
});

describe('bytes as a text of one character each', () => {
  const all = Uint8Array.from({ length: 20_000 }, (_, i) => i % 256);
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });
  test('and back', () => {
    expect(toLatin1(all.subarray(65, 70))).toBe('ABCDE');
    expect(toLatin1(all.subarray(250, 258))).toBe('\xfa\xfb\xfc\xfd\xfe\xff\0\x01');
    expect(fromLatin1(toLatin1(all))).toEqual(all);
  });
  test('where there is no Buffer, as in a browser', async () => {
    const expected = [0, 5, 8192, 8193, 20_000].map((length) => toLatin1(all.subarray(0, length)));
    vi.stubGlobal('Buffer', undefined);
    vi.resetModules();
    const { toLatin1: inBrowser } = await import('../../src/wire/latin1.ts');
    expect([0, 5, 8192, 8193, 20_000].map((length) => inBrowser(all.subarray(0, length)))).toEqual(expected);
  });
});

test.each([DecodeError, EncodeError])('a message longer than 5000 characters is cut', (Thrown) => {
  expect(new Thrown('x'.repeat(5000)).message).toBe('x'.repeat(5000));
  expect(new Thrown('x'.repeat(5001)).message).toBe(`${'x'.repeat(5000)}…`);
  expect(new Thrown('x').name).toBe(Thrown.name);
});
test('what the framework would throw in place of an EncodeError is an ArgumentException unless told', () => {
  expect(new EncodeError('x').errorCode).toBe('ArgumentException');
  expect(new EncodeError('x', 'SerializationException').errorCode).toBe('SerializationException');
});
test('an error of a reader keeps no stack, and leaves those of others as they are', () => {
  const { stackTraceLimit } = Error;
  expect(new DecodeError('x').stack).not.toContain('\n');
  expect(Error.stackTraceLimit).toBe(stackTraceLimit);
});
