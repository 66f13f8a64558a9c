// Builds the console into target/site/console, unless what is there was built from these very sources.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
process.chdir(root)

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`The console needs Node 20.19 or newer; this is ${process.versions.node} (${process.execPath}).`)
  process.exit(1)
}

function files(path) {
  return statSync(path).isDirectory() ? readdirSync(path).sort().flatMap((name) => files(join(path, name))) : [path]
}

/** The digest of these files, names included. */
export function digest(...paths) {
  const hash = createHash('sha256')
  for (const path of paths.flatMap(files)) hash.update(path).update('\0').update(readFileSync(path)).update('\0')
  return hash.digest('hex')
}

export function run(command, ...args) {
  const done = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, NO_COLOR: '1', CI: 'true' } })
  if (done.error) throw done.error
  if (done.status !== 0) process.exit(done.status ?? 1)
}

const site = join('target', 'site', 'console')
const packages = 'package-lock.json'

/** Installs the packages of the lock file, and only those, unless they are there. */
export function install() {
  const stamp = join('node_modules', '.countersign')
  const wanted = digest(packages)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  run('npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error')
  writeFileSync(stamp, wanted)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const stamp = join('target', 'site.built-from')
  const wanted = digest('src', 'public', 'build', 'index.html', 'vite.config.ts', 'postcss.config.cjs', 'package.json', packages)
  if (!(existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && existsSync(join(site, 'index.html')))) {
    install()
    mkdirSync('target', { recursive: true })
    rmSync(site, { recursive: true, force: true })
    run(process.execPath, join('node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn', '--outDir', site, '--emptyOutDir')
    run(process.execPath, join('build', 'compress.mjs'), site)
    writeFileSync(stamp, wanted)
  }
}
