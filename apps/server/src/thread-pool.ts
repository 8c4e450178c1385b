/**
 * Before anything else is loaded: how many threads do what would block (names of connections, passwords, files). The usual four are taken by
 * a few sign-ins at once, or by names whose server keeps silent, and every other connection would wait for them.
 */
process.env['UV_THREADPOOL_SIZE'] ??= '16';
