"""What Redis does with a conversation in one step each.

KEYS are those of one conversation: who holds it, its head (brief, waiting message, number of
changes and the last one's name), what was said, what was spent. Before anything is written, all of
them are read: a key that is damaged fails the script while it has changed nothing.
"""

from __future__ import annotations

_NAMES = "local holder, head, said, spent = KEYS[1], KEYS[2], KEYS[3], KEYS[4]\n"

_LOOK = """
local function look()
  local found = redis.call('hmget', head, 'brief', 'pending', 'version')
  found[4] = table.concat(redis.call('lrange', said, 0, -1), ',')
  return found
end
"""

_LIVE = """
local function live(seconds)
  redis.call('expire', head, seconds)
  redis.call('expire', said, seconds)
  redis.call('expire', spent, seconds)
end
local function live_on(least, most)
  local left = redis.call('ttl', head)
  if left >= 0 and left < tonumber(least) then live(most) end
end
"""

TAKE = f"""{_NAMES}{_LOOK}{_LIVE}
if redis.call('exists', holder) == 1 then return false end
local found = look()
redis.call('set', holder, ARGV[1], 'px', ARGV[2])
live_on(ARGV[3], ARGV[4])
return found
"""

LOAD = f"""{_NAMES}{_LOOK}{_LIVE}
local found = look()
live_on(ARGV[1], ARGV[2])
return found
"""

# Who holds nothing has no token, and is not refused. A lease that ended is taken again where
# nobody else changed anything since.
_BEGIN = f"""{_NAMES}{_LIVE}
local token, seen, lease, change, most = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[6]
local known = redis.call('hmget', head, 'version', 'change')
local version = known[1] or '0'
if known[2] == change then return tonumber(version) end
redis.call('llen', said)
local entries = redis.call('llen', spent)
if token ~= '' then
  local holds = redis.call('get', holder)
  if holds and holds ~= token then return false end
  if not holds then
    if version ~= seen then return false end
    redis.call('set', holder, token, 'px', lease)
  end
end
version = redis.call('hincrby', head, 'version', 1)
redis.call('hset', head, 'change', change)
"""

_END = """
live(most)
return version
"""

KEEP = f"{_BEGIN}redis.call('hset', head, 'pending', ARGV[7]){_END}"

REVISE = f"{_BEGIN}redis.call('hset', head, 'brief', ARGV[7]){_END}"

APPEND = f"""{_BEGIN}
redis.call('hset', head, 'brief', ARGV[7])
redis.call('hdel', head, 'pending')
redis.call('rpush', said, ARGV[8], ARGV[9])
if ARGV[10] then redis.call('rpush', spent, '1' .. ARGV[10]) end
{_END}"""

CLEAR = f"""{_BEGIN}
redis.call('hset', head, 'earlier', entries)
redis.call('hdel', head, 'brief', 'pending')
redis.call('del', said)
{_END}"""

RECORD = f"""{_NAMES}{_LIVE}
redis.call('llen', spent)
redis.call('hsetnx', head, 'version', 0)
for place = 4, #ARGV do redis.call('rpush', spent, ARGV[3] .. ARGV[place]) end
live(ARGV[2])
"""

LEDGER = f"""{_NAMES}{_LIVE}
local earlier = 0
if ARGV[3] == '1' then earlier = tonumber(redis.call('hget', head, 'earlier') or 0) end
local entries = {{}}
for _, entry in ipairs(redis.call('lrange', spent, earlier, -1)) do
  if ARGV[3] == '0' or string.sub(entry, 1, 1) == '1' then
    entries[#entries + 1] = string.sub(entry, 2)
  end
end
live_on(ARGV[1], ARGV[2])
return table.concat(entries, ',')
"""
