// What the images of the Java programs write beside their main configuration: logging, and jigasi's properties.
import type { Program } from '../../collect/formats.ts'
import { address } from './addresses.ts'
import { all, any, type ImageEnvironment } from './image-environment.ts'
import { Lines } from './lines.ts'
import { Sheet } from './sheet.ts'

/** logging.properties of one program's image. */
export function loggingSheet(program: Program, environment: ImageEnvironment): Sheet {
  const sheet = new Sheet(`image:${program}/logging.properties`)
  const lines = new Lines(sheet, environment)
  const sentry = lines.since('2021-10-21', environment.flag('SENTRY_DSN', false))
  const place = lines.origin('SENTRY_DSN')
  // Whether Sentry is attached may be open; that the console is, never is.
  lines.fixed('handlers=java.util.logging.ConsoleHandler', sentry !== true)
  lines.fixed('handlers=java.util.logging.ConsoleHandler,io.sentry.jul.SentryHandler', sentry === true, place)
  lines.fixed('java.util.logging.ConsoleHandler.level=ALL')
  lines.fixed('.level=INFO')
  lines.fixed('io.sentry.jul.SentryHandler.level=WARNING', sentry === true, place)
  if (program === 'jvb')
    lines.fixed('org.jitsi.videobridge.xmpp.ComponentImpl.level=FINE', lines.until('2021-12-11'))
  if (program === 'jigasi') {
    lines.fixed('net.java.sip.communicator.plugin.reconnectplugin.level=FINE')
    lines.fixed('org.ice4j.level=SEVERE')
  }
  return sheet
}

const ACCOUNT = 'net.java.sip.communicator.impl.protocol.sip.acc1'
const TRANSCRIPTION = 'org.jitsi.jigasi.transcription'

/** jigasi's properties. Since 2024-11-12 the transcriber is a container of its own. */
export function gatewaySheet(environment: ImageEnvironment): Sheet {
  const sheet = new Sheet('image:jigasi/sip-communicator.properties')
  const lines = new Lines(sheet, environment)
  const transcriber = any(
    lines.until('2024-11-12', environment.flag('ENABLE_TRANSCRIPTIONS', false)),
    lines.since('2024-11-12', environment.read('JIGASI_MODE', 'sip').value === 'transcriber'),
  )
  const place = lines.origin('ENABLE_TRANSCRIPTIONS')
  lines.value('JIGASI_SIP_SERVER', undefined, (host) => `${ACCOUNT}.SERVER_ADDRESS=${host}`)
  lines.value('JIGASI_SIP_SERVER', undefined, (host) => `${ACCOUNT}.PROXY_ADDRESS=${host}`)
  lines.value('JIGASI_SIP_TRANSPORT', 'UDP', (transport) => `${ACCOUNT}.PREFERRED_TRANSPORT=${transport}`)
  const srtp = environment.flag('JIGASI_ENABLE_SDES_SRTP', false)
  lines.fixed(`${ACCOUNT}.SAVP_OPTION=1`, srtp, lines.origin('JIGASI_ENABLE_SDES_SRTP'))
  lines.fixed(`${ACCOUNT}.DEFAULT_ENCRYPTION=true`, srtp, lines.origin('JIGASI_ENABLE_SDES_SRTP'))
  lines.fixed('org.jitsi.jigasi.xmpp.acc.AUTO_DISCOVER_STUN=false')
  lines.fixed('org.jitsi.jigasi.xmpp.acc.USE_DEFAULT_STUN_SERVER=false')
  lines.fixed('net.java.sip.communicator.packetlogging.PACKET_LOGGING_ENABLED=false')
  lines.fixed('net.java.sip.communicator.service.gui.ALWAYS_TRUST_MODE_ENABLED=true')
  lines.flag(
    'SHUTDOWN_REST_ENABLED',
    false,
    (value) => `org.jitsi.jigasi.ENABLE_REST_SHUTDOWN=${value}`,
    lines.since('2021-10-21'),
  )
  lines.fixed('org.jitsi.jigasi.ENABLE_TRANSCRIPTION=true', transcriber, place)
  const saving = all(
    transcriber,
    any(lines.until('2024-11-12'), environment.flag('JIGASI_TRANSCRIBER_ENABLE_SAVING', true)),
  )
  lines.fixed(
    `${TRANSCRIPTION}.DIRECTORY=/tmp/transcripts`,
    saving,
    lines.origin('JIGASI_TRANSCRIBER_ENABLE_SAVING'),
  )
  lines.fixed(`${TRANSCRIPTION}.SAVE_TXT=true`, saving, lines.origin('JIGASI_TRANSCRIBER_ENABLE_SAVING'))
  lines.value('PUBLIC_URL', '', (url) => `${TRANSCRIPTION}.BASE_URL=${url}/transcripts`, saving)
  lines.value(
    'JIGASI_TRANSCRIBER_RECORD_AUDIO',
    'false',
    (value) => `${TRANSCRIPTION}.RECORD_AUDIO=${value}`,
    transcriber,
  )
  lines.value(
    'JIGASI_TRANSCRIBER_CUSTOM_SERVICE',
    undefined,
    (name) => `${TRANSCRIPTION}.customService=${name}`,
    transcriber,
  )
  lines.value(
    'JIGASI_TRANSCRIBER_WHISPER_URL',
    undefined,
    (url) => `${TRANSCRIPTION}.whisper.websocket_url=${url}`,
    transcriber,
  )
  lines.value(
    'JIGASI_TRANSCRIBER_VOSK_URL',
    undefined,
    (url) => `${TRANSCRIPTION}.vosk.websocket_url=${url}`,
    transcriber,
  )
  lines.value(
    'JIGASI_TRANSCRIBER_LIBRETRANSLATE_URL',
    undefined,
    (url) => `${TRANSCRIPTION}.libreTranslate.api_url=${url}`,
    transcriber,
  )
  lines.value(
    'JIGASI_TRANSCRIBER_OCI_REGION',
    undefined,
    (region) =>
      `${TRANSCRIPTION}.oci.websocketUrl=${address('wss', `realtime.aiservice.${region}.oci.oraclecloud.com`)}`,
    transcriber,
  )
  return sheet
}
