import { describe, expect, test } from 'vitest';
import { diffFiles } from '../../src/change/diff.ts';
import { guardDeletions, mayBePruned } from '../../src/change/guard.ts';
import { fileAt, object } from './manifests.ts';

const namespace = (tool: string) => object('Namespace', `tool-${tool}`);
const all = ['a', 'b', 'c'].flatMap((tool) => [
  fileAt(`platform/shard-0/${tool}.yaml`, namespace(tool)),
  ...['one', 'two'].map((component) =>
    fileAt(`tools/${tool}/${component}.yaml`, object('Service', component)),
  ),
]);
const without = (pattern: RegExp) => all.filter(({ path }) => !pattern.test(path));
const limits = { retired: new Set<string>(), allowDelete: new Set<string>(), maxDeletedFiles: 4 };

describe('guardDeletions', () => {
  test.each([
    { name: 'nothing deleted', after: all, of: {} },
    { name: 'a component gone', after: without(/a\/one/), of: {} },
    { name: 'a retired tool gone', after: without(/\ba\b/), of: { retired: new Set(['a']) } },
    { name: 'a named tool gone', after: without(/\ba\b/), of: { allowDelete: new Set(['a']) } },
    {
      name: 'named tools gone, beyond the limit of files',
      after: without(/\b[ab]\b/),
      of: { allowDelete: new Set(['a', 'b']) },
    },
    {
      name: 'platform files moved to another shard',
      after: all.map((file) => ({ ...file, path: file.path.replace('shard-0', 'shard-7') })),
      of: { maxDeletedFiles: 0 },
    },
  ])('lets pass: $name', ({ after, of }) => {
    expect(guardDeletions(diffFiles(all, after), { ...limits, ...of })).toBeUndefined();
  });

  test.each([
    {
      name: 'a tool that is not retired',
      after: without(/\bb\b/),
      of: { retired: new Set(['a']) },
      message: 'the change deletes tool b, which is not retired',
      hint: '--allow-delete b',
    },
    {
      name: 'several tools, by name',
      after: without(/\b[ab]\b/),
      of: {},
      message: 'the change deletes 2 tools that are not retired: a, b',
      hint: '--allow-delete a --allow-delete b',
    },
    {
      name: 'more files than the limit, and whose',
      after: without(/tools\/[abc]\/(one|two)/),
      of: {},
      message: "the change deletes 6 files, more than the platform's limit of 4 (of a, b, c)",
      hint: '--allow-delete TOOL',
    },
    {
      name: 'files of retired tools beyond the limit',
      after: without(/\b[ab]\b/),
      of: { retired: new Set(['a', 'b']) },
      message: "the change deletes 6 files, more than the platform's limit of 4 (of a, b)",
      hint: 'maxDeletedFiles',
    },
  ])('refuses $name', ({ after, of, message, hint }) => {
    const error = guardDeletions(diffFiles(all, after), { ...limits, ...of });
    expect(error).toMatchObject({ code: 'refused', message });
    expect(error?.hint).toContain(hint);
  });

  test('names ten tools of many', () => {
    const tools = Array.from({ length: 1200 }, (_, index) => `t${String(index).padStart(4, '0')}`);
    const before = tools.map((tool) => fileAt(`platform/shard-0/${tool}.yaml`, namespace(tool)));
    const message = guardDeletions(diffFiles(before, []), limits)?.message;
    expect(message).toContain('1,200 tools that are not retired: t0000, ');
    expect(message).toMatch(/t0009 and 1,190 more$/);
  });
});

describe('mayBePruned', () => {
  const withOptions = (options: string) => ({
    ...namespace('a'),
    metadata: { name: 'tool-a', annotations: { 'argocd.argoproj.io/sync-options': options } },
  });

  test.each([
    {
      name: 'objects of a retired tool',
      objects: [namespace('a'), withOptions('ServerSideApply=true')],
      expected: true,
    },
    {
      name: 'one object that is kept',
      objects: [namespace('a'), withOptions('Delete=false, Prune=false')],
      expected: false,
    },
    { name: 'nothing', objects: [], expected: true },
  ])('$name: $expected', ({ objects, expected }) => {
    expect(mayBePruned(objects)).toBe(expected);
  });
});
