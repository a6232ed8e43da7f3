import * as z from 'zod';
import { parseImageRef } from '../model/image-ref.ts';
import { Mistake, type Reader } from './field.ts';
import { imageRef, text } from './readers.ts';

const DATE_TIME = z.regexes.datetime({ offset: true });

/** RFC 3339 with its zone, to be compared with others. */
export const timestamp: Reader<string> = {
  json: { type: 'string', format: 'date-time' },
  read(value) {
    const written = text.read(value);
    if (written instanceof Mistake || DATE_TIME.test(written)) return written;
    return new Mistake('TFG103', 'must be a time as RFC 3339 has it', 'for example 2026-11-24T10:00:00Z');
  },
};

/** An image that cannot change under its name. */
export const builtImage: Reader<string> = {
  json: { type: 'string', pattern: '@sha256:[0-9a-f]{64}$' },
  read(value) {
    const written = imageRef.read(value);
    if (written instanceof Mistake || parseImageRef(written)?.digest !== undefined) return written;
    return new Mistake(
      'TFG521',
      'has no digest',
      'host/project/name:tag@sha256:…; let `bump` write this file',
    );
  },
};

/** One line: it gets into annotations and commit messages. */
export const line: Reader<string> = {
  json: text.json,
  read(value) {
    const written = text.read(value);
    if (written instanceof Mistake || !/[\p{Cc}\u2028\u2029]/u.test(written)) return written;
    return new Mistake('TFG103', 'must be one line without control characters');
  },
};
