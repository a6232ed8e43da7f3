import * as z from 'zod';
import { isWebUrl } from '../model/web-url.ts';
import { isGitUrl } from './addresses.ts';
import { type FieldDoc, Mistake, type Reader, required } from './field.ts';
import { isHost } from './hosts.ts';
import { matching, text } from './readers.ts';

/** Kinds of values that the files of admins and of the bot hold. */

const LABEL = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;

export const namespace = matching(LABEL, 'a namespace: at most 63 lower-case letters, digits and `-`');
export const objectName = matching(SUBDOMAIN, 'a name of lower-case letters, digits, `-` and `.`');
export const domain = matching(SUBDOMAIN, 'a domain such as toolforge.org, without https://');
export const folder = matching(
  /^(?:\/(?!\.{1,2}(?:\/|$))[\w.+-]+)+$/,
  'an absolute path without `..` and without `/` at its end',
);
export const groupName = matching(
  /^\w[\w.:@/+-]{0,99}$/,
  'a group: at most 100 letters, digits and `. _ - : @ / +`, with a letter or digit first',
);
export const groupPrefix = matching(/^[\w.:@/+-]{1,40}$/, 'the begin of a group, such as `tools.`');
export const project = matching(/^[a-z0-9]+(?:[._-][a-z0-9]+)*$/, 'a project of the registry');
export const tag = matching(/^\w[\w.-]{0,127}$/, 'an image tag');
export const cidr = matching(
  /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)\/(?:3[0-2]|[12]?\d)$/,
  'an IPv4 range such as 10.0.0.0/8',
);

export const host = passing(isHost, 'must be a host such as registry.example.org or 127.0.0.1:5000');
/** Addresses are never repeated: their user part may be a secret. */
export const webUrl = passing(
  isWebUrl,
  'must be an http or https address without a user or password',
  'TFG109',
);
export const gitUrl = passing(
  isGitUrl,
  'must be an address that git and Argo CD clone from (https://, ssh:// or a path) without a password',
  'TFG109',
);

function passing(test: (text: string) => boolean, message: string, code = 'TFG103'): Reader<string> {
  return {
    json: text.json,
    read(value) {
      const written = text.read(value);
      return written instanceof Mistake || test(written) ? written : new Mistake(code, message);
    },
  };
}

/** A part of a file with keys of its own, which may be left out. */
export function section<S extends z.core.$ZodLooseShape>(shape: S, description: string) {
  return z.object(shape).nullish().meta({ description });
}

export function listOf<T>(reader: Reader<T>, doc: FieldDoc) {
  return z
    .array(required(reader, { description: 'One of them.' }))
    .nullish()
    .meta({ ...doc });
}
