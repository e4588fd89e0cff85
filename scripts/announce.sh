#!/bin/sh
# Says where the server will answer and how to log in. Usage: announce.sh PORT DEMO
echo
echo "  Projektpool: http://127.0.0.1:$1   (Strg+C beendet)"
if [ "$2" != 0 ]; then
    echo "  Demo-Zugänge: cio-office  coordinator  project-lead  pool-member  ministry  ministry-2  auditor  admin"
    echo "  Kennwort für alle: projektpool-demo"
fi
echo
