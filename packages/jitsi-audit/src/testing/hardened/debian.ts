// An installation from packages in which nothing is left to say.
import { CONFIG, INTERFACE_CONFIG, WELCOME_PAGE } from './client.ts'
import {
  BRIDGE,
  JAVA_LOGGING,
  JICOFO,
  JOURNALD,
  NGINX_MAIN,
  NGINX_SITE,
  PROSODY_HOST,
  PROSODY_MAIN,
  ROTATION,
  TURN,
} from './servers.ts'

export const HARDENED_DEBIAN: Readonly<Record<string, string>> = {
  'etc/jitsi/meet/meet.example.org-config.js': CONFIG,
  'usr/share/jitsi-meet/interface_config.js': INTERFACE_CONFIG,
  'usr/share/jitsi-meet/static/welcomePageAdditionalContent.html': WELCOME_PAGE,
  'etc/prosody/prosody.cfg.lua': PROSODY_MAIN,
  'etc/prosody/conf.d/meet.example.org.cfg.lua': PROSODY_HOST,
  'etc/jitsi/jicofo/jicofo.conf': JICOFO,
  'etc/jitsi/jicofo/logging.properties': JAVA_LOGGING,
  'etc/jitsi/videobridge/jvb.conf': BRIDGE,
  'etc/jitsi/videobridge/logging.properties': JAVA_LOGGING,
  'etc/nginx/nginx.conf': NGINX_MAIN,
  'etc/nginx/sites-enabled/meet.example.org.conf': NGINX_SITE,
  'etc/turnserver.conf': TURN,
  'etc/logrotate.d/meet': ROTATION,
  'etc/systemd/journald.conf': JOURNALD,
}
