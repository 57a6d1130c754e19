// Runs the transform step of Amplify's GraphQL transformer, version 2, on one
// schema: tables in DynamoDB, default flags, nothing deployed.
const fs = require('fs');
const os = require('os');
const path = require('path');
const { App, NestedStack, Stack } = require('aws-cdk-lib');
const { constructTransformerChain } = require('@aws-amplify/graphql-transformer');
const { DDB_DEFAULT_DATASOURCE_STRATEGY, GraphQLTransform, constructDataSourceStrategies } = require('@aws-amplify/graphql-transformer-core');

console.warn = () => {};

const settings = {
  API_KEY: { apiKeyConfig: { apiKeyExpirationDays: 30, description: 'key' } },
  AMAZON_COGNITO_USER_POOLS: { userPoolConfig: { userPoolId: 'eu-west-1_Example' } },
  OPENID_CONNECT: { openIDConnectConfig: { name: 'oidc', issuerUrl: 'https://issuer.example', clientId: 'client', authTTL: 0, iatTTL: 0 } },
  AWS_IAM: {},
};

const mode = (name) => ({ authenticationType: name, ...settings[name] });

const asset = () => ({
  assetHash: 'hash', httpUrl: 'https://asset.example', s3BucketName: 'bucket', s3ObjectKey: 'key', s3ObjectUrl: 's3://bucket/key',
  addToRolePolicy() {}, grantRead() {}, deploy: () => 'https://asset.example',
});

exports.run = (schema, { modes, conflict }) => {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'transform-'));
  try {
    const scope = new Stack(new App({ outdir }), 'Api');
    const transform = new GraphQLTransform({
      transformers: constructTransformerChain({ storageConfig: { bucketName: 'bucket' } }),
      authConfig: { defaultAuthentication: mode(modes[0]), additionalAuthenticationProviders: modes.slice(1).map(mode) },
      resolverConfig: conflict ? { project: { ConflictDetection: 'VERSION', ConflictHandler: 'AUTOMERGE' } } : undefined,
      transformParameters: { sandboxModeEnabled: /input\s+AMPLIFY/.test(schema) },
    });
    transform.transform({
      scope, schema, rdsLayerMapping: {}, rdsSnsTopicMapping: {},
      dataSourceStrategies: constructDataSourceStrategies(schema, DDB_DEFAULT_DATASOURCE_STRATEGY),
      nestedStackProvider: { provide: (parent, name) => new NestedStack(parent, name) },
      assetProvider: { provide: asset },
      synthParameters: { amplifyEnvironmentName: 'NONE', apiName: 'api', authenticatedUserRoleName: 'auth', unauthenticatedUserRoleName: 'unauth', identityPoolId: 'pool', userPoolId: 'eu-west-1_Example' },
    });
    return { ok: true };
  } catch (e) {
    return { ok: false, message: `${e.name}: ${e.message || e}` };
  } finally {
    fs.rmSync(outdir, { recursive: true, force: true });
  }
};
