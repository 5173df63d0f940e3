type Environment = Readonly<Record<string, string | undefined>>;

/** Variables that a vendor sets in its jobs; of a nested list, all variables must be set. */
const jobVariables: readonly (string | readonly string[])[] = [
  'AC_APPCIRCLE',
  'AGOLA_GIT_REF',
  'APPCENTER_BUILD_ID',
  'APPVEYOR',
  'bamboo_planKey',
  'BITBUCKET_COMMIT',
  'BITRISE_IO',
  'BUDDY_WORKSPACE_ID',
  'BUILDER_OUTPUT',
  'BUILDKITE',
  'CAPAWESOME_CLOUD',
  'CI_XCODE_PROJECT',
  'CIRCLECI',
  'CIRRUS_CI',
  'CF_BUILD_ID',
  'CM_BUILD_ID',
  'CODEBUILD_BUILD_ARN',
  'DRONE',
  'DSARI',
  'EARTHLY_CI',
  'EAS_BUILD',
  'GERRIT_PROJECT',
  'GITEA_ACTIONS',
  'GITHUB_ACTIONS',
  'GITLAB_CI',
  'GO_PIPELINE_LABEL',
  'HARNESS_BUILD_ID',
  'HUDSON_URL',
  ['JENKINS_URL', 'BUILD_ID'],
  'LAYERCI',
  'MAGNUM',
  'NEVERCODE',
  'PROW_JOB_ID',
  'RWX',
  'SAILCI',
  'SCREWDRIVER',
  'SEMAPHORE',
  'STRIDER',
  ['TASK_ID', 'RUN_ID'],
  'TEAMCITY_VERSION',
  'TF_BUILD',
  'TRAVIS',
  'VELA',
  'WORKERS_CI',
  'XCS',
];

/**
 * Returns true if these environment variables are those of a continuous integration job. Variables that a hosting
 * platform sets for the programs it runs (`RENDER`, `VERCEL`, `NETLIFY`, `CF_PAGES`, `DYNO`) do not count: such
 * platforms set `CI` while they build. `CI=false` means no.
 */
export function isContinuousIntegration(env: Environment): boolean {
  const ci = (env.CI || env.CONTINUOUS_INTEGRATION || '').trim().toLowerCase();
  if (['false', '0', 'no', 'off'].includes(ci)) return false;
  if (ci !== '' || isSet(env, 'CI_NAME')) return true;
  return jobVariables.some((names) => [names].flat().every((name) => isSet(env, name)));
}

function isSet(env: Environment, name: string): boolean {
  return env[name] !== undefined && env[name] !== '';
}
