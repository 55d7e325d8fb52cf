// The product as people start it: the real process on free ports with an empty data folder.
export { type RunningServer, type ServerOptions, startServer } from './start-server.ts'
export { freeTcpPort, freeUdpPort } from './free-port.ts'
export { mintToken, runCommand } from './run-command.ts'
