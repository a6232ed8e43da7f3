import { type Mistake, set, type Value, wrong } from './mistake.ts';

const OF_RUN: readonly Mistake[] = [
  wrong('command', 'web "unclosed', 'TFG210'),
  wrong('command', ['web'], 'TFG102'),
  wrong('command', null, 'TFG101'),
  wrong('memory', '512MB', 'TFG108'),
  wrong('memory', 512, 'TFG108'),
  wrong('memory', '900Gi', 'TFG301'),
  wrong('cpu', '2 cores', 'TFG108'),
  wrong('cpu', '99', 'TFG301'),
  wrong('emails', 'sometimes', 'TFG103'),
  wrong('mount', 'home', 'TFG103'),
  wrong('filelog', 'perhaps', 'TFG102'),
  wrong('filelog', { toString: 1 }, 'TFG102'),
  wrong('env', ['A=b'], 'TFG102'),
  {
    title: 'a variable whose name is none',
    uses: ['run.env'],
    make: set('env', { 'A-B': 'x' }),
    found: 'TFG111 run.env.A-B',
  },
  {
    title: 'a variable with a list',
    uses: ['run.env'],
    make: set('env', { A: [], B: 'x' }),
    found: 'TFG111 run.env.A',
  },
  {
    title: 'no command',
    uses: ['run.command'],
    make: (_, run) => delete run.command,
    found: 'TFG101 run.command',
  },
  {
    title: 'command misspelt',
    uses: ['run.command'],
    make: (_, run) => {
      delete run.command;
      run.comand = 'web';
    },
    found: 'TFG101 run.comand',
  },
  {
    title: 'command beside run',
    uses: ['run.command'],
    make: (component, run) => {
      delete run.command;
      component.command = 'web';
    },
    found: 'TFG101 command',
  },
  {
    title: 'filelog without the home',
    uses: ['run.filelog', 'run.mount'],
    make: set('filelog', true),
    found: 'TFG212 run.filelog',
  },
  {
    title: 'filelog with mount misspelt',
    uses: ['run.filelog', 'run.mount'],
    make: (_, run) => Object.assign(run, { filelog: true, mounts: 'all' }),
    found: 'TFG212 run.mounts',
  },
  {
    title: 'a log file in ~',
    uses: ['run.filelog', 'run.mount', 'run.filelog_stdout'],
    make: (_, run) => Object.assign(run, { filelog: true, mount: 'all', filelog_stdout: '~/x' }),
    found: 'TFG213 run.filelog_stdout',
  },
  {
    title: 'run is text',
    uses: ['run'],
    make: (it) => Object.assign(it, { run: 'web' }),
    found: 'TFG102 run',
  },
  {
    title: 'run is empty',
    uses: ['run'],
    make: (it) => Object.assign(it, { run: null }),
    found: 'TFG101 run',
  },
];

const OF_WEB: readonly Mistake[] = [
  wrong('port', 99999, 'TFG104', 'continuous'),
  wrong('port', '8000:8000', 'TFG102', 'continuous'),
  wrong('port_protocol', 'http', 'TFG103', 'continuous'),
  wrong('publish', '/api', 'TFG103', 'continuous'),
  wrong('publish', true, 'TFG103', 'continuous'),
  { ...wrong('publish', false, 'TFG103', 'continuous'), uses: ['run.publish', 'run.port'] },
  wrong('replicas', 0, 'TFG104', 'continuous'),
  wrong('health_check_http', 'healthz', 'TFG204', 'continuous'),
  wrong('health_check_http', 1, 'TFG102', 'continuous'),
  {
    title: 'two health checks',
    kind: 'continuous',
    uses: ['run.health_check_script'],
    make: set('health_check_script', 'true'),
    found: 'TFG203 run.health_check_script',
  },
  {
    title: 'no port',
    kind: 'continuous',
    uses: ['run.port'],
    make: (_, run) => delete run.port,
    found: 'TFG201 run.publish',
  },
  {
    title: 'port misspelt',
    kind: 'continuous',
    uses: ['run.port'],
    make: (_, run) => {
      delete run.port;
      run.ports = 8000;
    },
    found: 'TFG201 run.ports',
  },
  {
    title: 'retry of a continuous one',
    kind: 'continuous',
    uses: ['run.retry', 'component_type'],
    make: set('retry', 3),
    found: 'TFG205 run.retry',
  },
];

const OF_JOB: readonly Mistake[] = [
  wrong('schedule', '0 0 30 2 *', 'TFG207', 'scheduled'),
  wrong('schedule', '@daly', 'TFG207', 'scheduled'),
  wrong('schedule', 5, 'TFG102', 'scheduled'),
  wrong('retry', 9, 'TFG104', 'scheduled'),
  wrong('timeout', '1h', 'TFG102', 'scheduled'),
  {
    title: 'schedule misspelt',
    kind: 'scheduled',
    uses: ['run.schedule', 'component_type'],
    make: (_, run) => {
      delete run.schedule;
      run.shedule = '@daily';
    },
    found: 'TFG206 run.shedule',
  },
  {
    title: 'no schedule',
    kind: 'scheduled',
    uses: ['run.schedule', 'component_type'],
    make: (_, run) => delete run.schedule,
    found: 'TFG206 component_type',
  },
  {
    title: 'replicas of a scheduled one',
    kind: 'scheduled',
    uses: ['run.replicas', 'component_type'],
    make: set('replicas', 2),
    found: 'TFG205 run.replicas',
  },
];

const replaceBuild =
  (build: Value): Mistake['make'] =>
  (component) => {
    component.build = build;
  };

const OF_BUILD: readonly Mistake[] = [
  { title: 'no ref', uses: ['build'], make: (_, __, build) => delete build.ref, found: 'TFG101 build' },
  {
    title: 'ref misspelt',
    uses: ['build'],
    make: replaceBuild({ repository: 'https://git.example.org/x', branch: 'main' }),
    found: 'TFG101 build.branch',
  },
  {
    title: 'two sources',
    uses: ['build'],
    make: (_, __, build) => Object.assign(build, { image: 'docker.io/library/nginx:1' }),
    found: 'TFG110 build.image',
  },
  {
    title: 'an ssh address',
    uses: ['build'],
    make: (_, __, build) => Object.assign(build, { repository: 'git@git.example.org:x' }),
    found: 'TFG109 build.repository',
  },
  {
    title: 'build is text',
    uses: ['build'],
    make: replaceBuild('https://git.example.org/x'),
    found: 'TFG102 build',
  },
  { title: 'build is empty', uses: ['build'], make: replaceBuild({}), found: 'TFG110 build' },
  {
    title: 'reuse-from',
    uses: ['build'],
    make: replaceBuild({ 'reuse-from': 'other' }),
    found: 'TFG110 build.reuse-from',
  },
  {
    title: 'reuses what is not there',
    uses: ['build'],
    make: replaceBuild({ reuse_from: 'nobody' }),
    found: 'TFG209 build.reuse_from',
  },
  {
    title: 'an image of anywhere',
    uses: ['build'],
    make: replaceBuild({ image: 'docker.io/library/nginx:1' }),
    found: 'TFG214 build.image',
  },
  {
    title: 'an unknown builder',
    uses: ['build'],
    make: (_, __, build) => Object.assign(build, { builder: 'heroku-99' }),
    found: 'TFG215 build.builder',
  },
];

const OF_COMPONENT: readonly Mistake[] = [
  {
    title: 'a kind that there is not',
    uses: ['component_type'],
    make: (component) => Object.assign(component, { component_type: 'sometimes' }),
    found: 'TFG103 component_type',
  },
  {
    title: 'the kind in capitals',
    uses: ['component_type'],
    make: (component) => {
      component.component_type = String(component.component_type).toUpperCase();
    },
    found: 'TFG103 component_type',
  },
  {
    title: 'a name in capitals',
    uses: ['name'],
    make: (component) => {
      component.name = 'My_App';
    },
    found: 'TFG107',
  },
];

/** Mistakes that people make in a component, each by itself, for tests that combine them. */
export const MISTAKES: readonly Mistake[] = [...OF_RUN, ...OF_WEB, ...OF_JOB, ...OF_BUILD, ...OF_COMPONENT];
