import { expect, test } from 'vitest';
import { cpuAmount, memoryAmount } from '../../src/model/resources.ts';
import { usageOf } from '../../src/model/usage.ts';

const RESOURCES = { cpu: { request: 100, limit: 4000 }, memory: { request: 10, limit: 20 } };

test.each([
  [1, 1],
  [2, 3],
  [4, 5],
  [5, 7],
  [8, 10],
])('%i replicas are up to %i pods during an update', (replicas, pods) => {
  const usage = usageOf({ type: 'continuous', replicas, hasPort: true }, RESOURCES);
  expect(usage).toEqual({
    requestsCpu: 100 * pods,
    limitsCpu: 4000 * pods,
    requestsMemory: 10 * pods,
    limitsMemory: 20 * pods,
    pods,
    deployments: 1,
    cronjobs: 0,
    jobs: 0,
    services: 1,
  });
});

test.each([
  [{ type: 'scheduled' } as const, { cronjobs: 1, jobs: 1 }],
  [{ type: 'one-off', onDeploy: false } as const, { cronjobs: 1, jobs: 1 }],
  [{ type: 'one-off', onDeploy: true } as const, { cronjobs: 0, jobs: 1 }],
])('%j runs one pod at a time', (run, expected) => {
  expect(usageOf(run, RESOURCES)).toMatchObject({ pods: 1, deployments: 0, services: 0, ...expected });
});

test.each([
  [undefined, 512, 512],
  [100, 100, 100],
  [512, 512, 512],
  [600, 300, 600],
  [3072, 1536, 3072],
])('%j MiB of memory reserve %i of %i', (asked, request, limit) => {
  const mi = 2 ** 20;
  const amount = memoryAmount(asked === undefined ? undefined : asked * mi);
  expect(amount).toEqual({ request: request * mi, limit: limit * mi });
});

test('cpu is reserved as asked, else little with much room', () => {
  expect(cpuAmount(undefined)).toEqual({ request: 100, limit: 4000 });
  expect(cpuAmount(2000)).toEqual({ request: 2000, limit: 2000 });
  expect(memoryAmount(1_000_000_001)).toEqual({ request: 500_000_001, limit: 1_000_000_001 });
});
