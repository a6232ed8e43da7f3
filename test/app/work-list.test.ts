import { describe, expect, test } from 'vitest';
import { workList } from '../../src/app/work-list.ts';

function setup(over: { width?: number; maxWaiting?: number } = {}) {
  const failures: string[] = [];
  const list = workList({ width: 2, maxWaiting: 100, onError: (key) => failures.push(key), ...over });
  const done: string[] = [];
  const gates = new Map<string, () => void>();
  const job = (name: string) => async () => {
    await new Promise<void>((resolve) => gates.set(name, resolve));
    done.push(name);
  };
  const open = async (name: string) => {
    gates.get(name)?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { list, failures, done, job, open, running: () => [...gates.keys()] };
}

describe('workList', () => {
  test('runs some at a time', async () => {
    const { list, job, open, running, done } = setup();
    for (const name of ['a', 'b', 'c']) list.add(name, job(name));
    expect([running(), list.size]).toEqual([['a', 'b'], 3]);
    await open('b');
    expect(running()).toEqual(['a', 'b', 'c']);
    await open('a');
    await open('c');
    expect([done, list.size]).toEqual([['b', 'a', 'c'], 0]);
  });

  test('of one key one runs, and the newest that waits follows it', async () => {
    const { list, job, open, done } = setup();
    for (const name of ['1', '2', '3']) list.add('key', job(name));
    await open('1');
    await open('3');
    expect([done, list.size]).toEqual([['1', '3'], 0]);
  });

  test('a failing job is told, and the rest goes on', async () => {
    const { list, failures, done, job, open } = setup({ width: 1 });
    list.add('bad', () => Promise.reject(new Error('no')));
    list.add('good', job('good'));
    await new Promise((resolve) => setImmediate(resolve));
    await open('good');
    expect([failures, done]).toEqual([['bad'], ['good']]);
  });

  test('takes no more than it may, but a newer one of the same key', async () => {
    const { list, job } = setup({ width: 1, maxWaiting: 1 });
    expect(['a', 'b', 'c', 'b'].map((name) => list.add(name, job(name)))).toEqual([true, true, false, true]);
  });

  test('close finishes what was taken on', async () => {
    const { list, job, open, done } = setup({ width: 1 });
    for (const name of ['a', 'b']) list.add(name, job(name));
    const closed = list.close();
    expect(list.add('c', job('c'))).toBe(false);
    await open('a');
    await open('b');
    await closed;
    expect(done).toEqual(['a', 'b']);
  });
});
