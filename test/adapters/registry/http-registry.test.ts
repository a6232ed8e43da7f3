import { afterAll, beforeAll, describe } from 'vitest';
import type { Registry } from '../../../src/ports/registry.ts';
import { registryContract } from '../../contract/registry.contract.ts';
import {
  type RegistryStandIn,
  registryStandIn,
  type StandInOptions,
} from '../../support/registry-stand-in.ts';
import { adapter, PASSWORD, seed, tls, USER } from './registry-world.ts';

describe.each<[string, StandInOptions]>([
  ['open', {}],
  ['basic', { login: { mode: 'basic', user: USER, password: PASSWORD } }],
  ['bearer', { login: { mode: 'bearer', user: USER, password: PASSWORD } }],
  ['bearer, anonymous', { login: { mode: 'bearer', user: 'other', password: 'x', anonymous: true } }],
  ['digest not told', { untold: true }],
  ['without HEAD', { headless: true, login: { mode: 'bearer', user: USER, password: PASSWORD } }],
  ['https', { tls, login: { mode: 'basic', user: USER, password: PASSWORD } }],
])('%s', (name, options) => {
  let server: RegistryStandIn;
  let registry: Registry;
  beforeAll(async () => {
    server = await registryStandIn(options);
    seed(server);
    const secure = options.tls === undefined ? {} : { insecureHosts: [], network: { ca: tls.cert } };
    registry = adapter(server.host, { anonymous: name.includes('anonymous'), ...secure });
  });
  afterAll(() => server.close());
  registryContract(`stand-in, ${name}`, () => ({ registry, host: server.host }));
});
