import { registryContract } from '../../contract/registry.contract.ts';
import { realRegistry } from '../../support/real-registry.ts';

const world = realRegistry('TFG_TEST_REGISTRY');
registryContract('a real registry', () => world);
