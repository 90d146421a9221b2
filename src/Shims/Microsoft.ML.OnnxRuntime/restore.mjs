// Installs the locked npm package beside this file. Installs into a folder of its own and renames it into place, so that
// builds that run side by side never see half an installation: the first to finish wins, the others drop theirs.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const installed = join(here, 'node_modules');
const stamp = join(installed, '.restored-lock.json');
const lock = readFileSync(join(here, 'package-lock.json'), 'utf8');
const isCurrent = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === lock;

if (!isCurrent()) {
  const own = mkdtempSync(join(here, 'obj', 'npm-'));
  try {
    for (const file of ['package.json', 'package-lock.json', '.npmrc']) {
      copyFileSync(join(here, file), join(own, file));
    }
    const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: own, shell: true, stdio: 'inherit' });
    if (npm.status !== 0) {
      process.exitCode = npm.status ?? 1;
    } else {
      for (const unused of ['Editor', 'Plugins/Android', 'Plugins/iOS~']) {
        rmSync(join(own, 'node_modules', 'com.github.asus4.onnxruntime', unused), { recursive: true, force: true });
      }
      writeFileSync(join(own, 'node_modules', '.restored-lock.json'), lock);
      install(join(own, 'node_modules'));
    }
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}

function install(fresh) {
  for (let attempt = 0; ; attempt++) {
    try {
      if (existsSync(installed) && !isCurrent()) {
        rmSync(installed, { recursive: true, force: true });
      }
      renameSync(fresh, installed);
      return;
    } catch (error) {
      if (isCurrent()) {
        return;
      }
      if (attempt === 5) {
        throw error;
      }
    }
  }
}
