// Package document reads and writes requests that are kept by hand as files.
// It is pure: bytes in, bytes out.
//
// A request may be kept as JSON or as YAML. The name decides (.json, .yaml,
// .yml); under any other name a text that begins with a brace is JSON. Four
// shapes are understood:
//
//	request    appId, backendEnvironmentName, resourceName, resourceConfig;
//	           any of them may be missing
//	config     a bare resourceConfig: apiName, defaultAuthType and so on
//	cli-inputs Amplify's cli-inputs.json: version, serviceConfiguration
//	headless   the payload of Amplify's headless commands: version,
//	           serviceModification (or serviceConfiguration)
//
// The first two are written with the names of the wire (appId) or with those of
// the service model (AppId), which are the AWS CLI's for --cli-input-json and
// --cli-input-yaml. The last two are Amplify's own; they are read only, since
// they cannot say all that a request says.
//
// # What is not understood
//
// A member that no shape has is kept in the file and told in a [Note]. Under the
// names of the wire it is also part of the configuration, as everything that the
// service returned must be when it is sent back. A known member with a value
// of another type is an [Error], and so are a member that stands twice and YAML
// merge keys.
//
// # What is stated
//
// A file states members, and says nothing of the others: [Document.Stated]. A member
// that is null, or a text or a number of days that is "", says that it is empty; an
// object that is null says so of its members, and a null list that there are no
// entries. What is sent then is what an emptied field of the forms sends: description
// and openIDClientId as "", no other text and no expirationTime. An empty list is [],
// and an empty strategy NONE, which an absent one means. In a cli-inputs.json a
// conflictResolution that is null says nothing, as Amplify then looks elsewhere.
//
// # Skeletons
//
// The AWS CLI's --generate-cli-skeleton fills every text with "", every number
// with zero and every enumeration with a value that is picked at random, and it
// puts one additional authorization type into the list. Sent as it stands, all of
// that would be a change. So under the names of the service model these
// count as not set, each with a note: blank names, schemas, modes and strategies;
// an authorization type whose eight settings are all blank; and all blank
// settings of one that has blanks which do not belong to its mode.
//
// # Saving
//
// [Document.Save] changes what differs and nothing else: the order of members,
// indentation, comments, quotes and unknown members stay. A comment belongs to the
// member that it stands above or beside; with that it moves and goes. What Save wrote is read
// again before it is returned, so that a file that cannot be changed in place
// (YAML anchors, for one) gives an error and never another configuration.
package document
