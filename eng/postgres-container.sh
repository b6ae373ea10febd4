# shellcheck shell=bash
# A PostgreSQL server in Docker. The container is thrown away when it stops; a volume of the same name keeps the data.

container_image=postgres:17.6

container_possible() { command -v docker >/dev/null && docker info >/dev/null 2>&1; }

container_name() { printf 'jikoxpress-%s\n' "$(printf '%s' "$postgres_home" | cksum | cut -d ' ' -f 1)"; }

container_running() { [[ $(docker inspect --format '{{.State.Running}}' "$(container_name)" 2>/dev/null) == true ]]; }

container_boot() {
    local name setting attempt volume=() settings=()
    name=$(container_name)
    while read -r setting; do settings+=(-c "${setting/ = /=}"); done < <(postgres_settings)
    [[ $postgres_lasting == false ]] || volume=(--volume "$name:/var/lib/postgresql/data")
    say "starting $container_image in Docker as $name"
    for attempt in 1 2 3 4 5; do
        postgres_choose_port
        docker rm --force "$name" >/dev/null 2>&1 || true
        if POSTGRES_PASSWORD=$postgres_password docker run --detach --rm --name "$name" --shm-size 512m \
            --publish "127.0.0.1:$postgres_port:5432" ${volume[@]+"${volume[@]}"} --env POSTGRES_PASSWORD \
            --env POSTGRES_INITDB_ARGS='--data-checksums --encoding=UTF8 --locale=C.UTF-8 --lc-collate=C' \
            "$container_image" "${settings[@]}" >"$postgres_home/docker.log" 2>&1; then
            container_await
            return 0
        fi
        port_in_use "$postgres_port" || break # else another program was quicker to take the port
    done
    quote <"$postgres_home/docker.log" >&2
    fail "Docker did not start PostgreSQL (attempt $attempt)"
}

# While the image sets itself up, PostgreSQL answers on its socket only: ask over TCP.
container_await() {
    local deadline=$((SECONDS + 120))
    until docker exec "$(container_name)" pg_isready --quiet --host 127.0.0.1; do
        if ! container_running || [[ $SECONDS -gt $deadline ]]; then
            docker logs --tail 30 "$(container_name)" 2>&1 | quote >&2
            fail "PostgreSQL did not start in its container"
        fi
        sleep 0.3
    done
    # The volume remembers the password of its first start, which may be another than ours.
    printf "alter role postgres password '%s';\n" "$postgres_password" | container_sql
}

container_halt() { docker stop -t 120 "$(container_name)" >/dev/null; }

container_sql() {
    docker exec --interactive "$(container_name)" \
        psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username postgres --dbname postgres
}

container_place() { printf 'the Docker volume %s' "$(container_name)"; }

container_psql_line() { printf 'docker exec -it %s psql -U %s %s' "$(container_name)" "$1" "$1"; }
