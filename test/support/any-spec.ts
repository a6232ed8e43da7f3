import fc from 'fast-check';

/** Values of a spec as YAML may hold them, mostly valid: to hold two readers of the format against each other. */

const flags = fc.constantFrom(true, false, 'yes', 'No', 'ON', 'f', 'T', '1', 0, 1, null, 'maybe');
const numbers = (min: number, max: number) =>
  fc.oneof(
    fc.integer({ min, max }),
    fc.integer({ min, max }).map(String),
    fc.constantFrom(null, ' 3 ', '+4', '1_0', '2.0', '', min - 1, max + 1, 'x', 1.5),
  );
const texts = fc.oneof(
  fc.string({ minLength: 1, maxLength: 20 }),
  fc.constantFrom('web', 'bash -c "x | y"', ' ', null, 5),
);
const quantities = fc.constantFrom('1', '0.5', '500m', '.5', 1, 0.25, null, '0', 'lots', -1, 0, '1.');
const memories = fc.constantFrom('512Mi', '1G', '0.5Gi', '3G', '100', '1k', null, '1gb', 512, '0');
const names = fc.oneof(
  fc.constantFrom(
    'web',
    'a.b',
    '0day',
    'constructor',
    'a-b',
    'x'.repeat(52),
    'x'.repeat(53),
    'Web',
    '-x',
    'a..b',
  ),
  fc.stringMatching(/^[a-z0-9]{1,8}$/),
);
const urls = fc.constantFrom(
  'https://git.example.org/x.git',
  'HTTP://git.example.org:8080/x?y=@z',
  'git://git.example.org/x',
  'https://git.example.org',
  'https://u:p@git.example.org/x',
  'ssh://git@x/y',
  'file:///x',
  null,
);

const run = fc.record(
  {
    command: texts,
    cpu: quantities,
    memory: memories,
    emails: fc.constantFrom('none', 'all', 'onfinish', 'onfailure', null, 'never'),
    filelog: flags,
    filelog_stdout: texts,
    mount: fc.constantFrom('all', 'none', null, false),
    env: fc.oneof(
      fc.dictionary(fc.constantFrom('A', 'b_1', '_', '1A', 'PORT'), fc.oneof(texts, flags, fc.double())),
      fc.constant(null),
    ),
    port: numbers(1, 65535),
    port_protocol: fc.constantFrom('tcp', 'udp', null),
    publish: fc.constantFrom('/', null, '/x'),
    replicas: numbers(1, 10),
    health_check_http: texts,
    schedule: texts,
    retry: numbers(0, 5),
    timeout: numbers(0, 1e6),
    on_deploy: flags,
    unknown: fc.anything({ maxDepth: 1 }),
  },
  { requiredKeys: ['command'] },
);

const build = fc.oneof(
  fc.record(
    { repository: urls, ref: texts, use_latest_versions: flags, builder: fc.constantFrom('go', null, '-') },
    { requiredKeys: ['repository', 'ref'] },
  ),
  fc.record({ reuse_from: texts, image: fc.constant(null), x: fc.nat() }, { requiredKeys: ['reuse_from'] }),
  fc.record(
    { image: fc.constantFrom('a.b/c', 'nginx', 'a.b/c:1@sha256:x', null), ref: fc.constant('x') },
    { requiredKeys: ['image'] },
  ),
);

const component = fc.record(
  {
    component_type: fc.constantFrom('continuous', 'scheduled', 'one-off', null, 'cron'),
    build,
    run,
    port: fc.nat(),
  },
  { requiredKeys: ['build', 'run'] },
);

export const anySpec = fc.record(
  {
    config_version: fc.constantFrom('v1beta1', null, 'v1'),
    source_url: urls,
    components: fc.oneof(
      { weight: 9, arbitrary: fc.dictionary(names, component, { maxKeys: 2 }) },
      { weight: 1, arbitrary: fc.constant(null) },
    ),
  },
  { requiredKeys: [] },
);
