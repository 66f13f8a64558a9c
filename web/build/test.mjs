// Checks the types of the console and runs its tests.
import { join } from 'node:path'
import { install, run } from './build.mjs'

install()
run(process.execPath, join('node_modules', 'ts7', 'bin', 'tsc'), '--noEmit', '-p', '.')
run(process.execPath, join('node_modules', 'vitest', 'vitest.mjs'), 'run', '--reporter=dot')
