/** Loaded into a server by `--require`: SIGUSR2 collects all garbage, so that a test can weigh what is left. */
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
process.on('SIGUSR2', () => collect());
