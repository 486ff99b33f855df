"""What Redis or Valkey does with rooms in one piece: scripts in Lua.

A room is a hash: its state as JSON, its revision, and the name by which it can be seen. That name leads to its code, as
does what it was opened by, for who opens it again. When each was asked for last, and when each of its people was seen
last by which server, are sorted sets. What nobody asks for ends by itself. Of the room that servers begin with, the
teacher's key is kept in its hash, for as long as it is there: each of them says it.
"""

from __future__ import annotations

from ..redis import CHANNEL, PREFIX

AWAY_SECONDS = 15
"""After which one is taken for gone of whom a server that may have failed says nothing any more."""
FORGET_SECONDS = 3600
"""After which it is forgotten when somebody was seen, and by what a room was opened."""

_COMMON = f"""
local function room(code) return '{PREFIX}room:' .. code end
local function here(code) return '{PREFIX}here:' .. code end
local function viewing(name) return '{PREFIX}viewing:' .. name end
local rooms = '{PREFIX}rooms'
local function told(kind, code, by) redis.call('PUBLISH', '{CHANNEL}', kind .. ' ' .. code .. ' ' .. by) end
local now = redis.call('TIME')
now = now[1] + now[2] / 1000000
local function score(at) return string.format('%.3f', at) end

local function asked(code, idle) -- it ends when nobody asks for it, or has it open, for so many milliseconds
  local seen = redis.call('HGET', room(code), 'viewing')
  for _, key in ipairs({{room(code), here(code), viewing(seen)}}) do redis.call('PEXPIRE', key, idle) end
  redis.call('ZADD', rooms, 'XX', score(now), code)
end

local function close(code)
  local seen = redis.call('HGET', room(code), 'viewing')
  if seen then redis.call('DEL', viewing(seen)) end
  redis.call('DEL', room(code), here(code))
  redis.call('ZREM', rooms, code)
  told('room', code, 'closed')
end
"""


def _with_common(script: str) -> str:
    return _COMMON + script


OPEN = _with_common(f"""
local code, state, seen, pointer, given, most, idle = unpack(ARGV)
pointer = '{PREFIX}' .. pointer
local before = redis.call('GET', pointer)
local found = before and redis.call('HMGET', room(before), 'state', 'given')
if found and found[1] then return {{'opened', found[1], found[2]}} end
if redis.call('EXISTS', room(code)) == 1 then return {{'taken'}} end
redis.call('ZREMRANGEBYSCORE', rooms, '-inf', score(now - idle / 1000))
if redis.call('ZCARD', rooms) >= tonumber(most) then
  local empty = nil
  for _, one in ipairs(redis.call('ZRANGE', rooms, 0, -1)) do
    if redis.call('ZCOUNT', here(one), score(now - {AWAY_SECONDS}), '+inf') == 0 then empty = one break end
  end
  if not empty then return {{'full'}} end
  close(empty)
end
redis.call('HSET', room(code), 'state', state, 'revision', 0, 'viewing', seen, 'given', given)
if seen ~= '' then redis.call('SET', viewing(seen), code) end
if given == '' then redis.call('SET', pointer, code, 'EX', {FORGET_SECONDS}) else redis.call('SET', pointer, code) end
redis.call('ZADD', rooms, score(now), code)
asked(code, idle)
return {{'opened', state, given}}
""")

LOOK = _with_common("""
local code, seen, known, idle = unpack(ARGV) -- a code, or the name by which it is seen
if code == '' then code = redis.call('GET', viewing(seen)) end
local revision = code and redis.call('HGET', room(code), 'revision')
if not revision then return false end
if seen == '' then asked(code, idle) end
if known == code .. ' ' .. revision then return {code, ''} end
return {code, redis.call('HGET', room(code), 'state')}
""")

SAVE = _with_common("""
local code, before, revision, state, seen, idle = unpack(ARGV)
local found = redis.call('HMGET', room(code), 'revision', 'viewing')
if not found[1] then return 'gone' end
if found[1] ~= before then return 'stale' end
if found[2] ~= seen then redis.call('DEL', viewing(found[2])) end
redis.call('HSET', room(code), 'state', state, 'revision', revision, 'viewing', seen)
if seen ~= '' then redis.call('SET', viewing(seen), code) end
asked(code, idle)
told('room', code, revision)
return 'saved'
""")

HERE = _with_common(f"""
local code, replica, idle, tell, count = unpack(ARGV, 1, 5) -- then so many who are here, and those who have left
if redis.call('EXISTS', room(code)) == 0 then return false end
for i = 6, #ARGV do
  local at = i < 6 + count and now or now - {AWAY_SECONDS}
  redis.call('ZADD', here(code), score(at), ARGV[i] .. '@' .. replica)
end
redis.call('ZREMRANGEBYSCORE', here(code), '-inf', score(now - {FORGET_SECONDS}))
if tonumber(count) > 0 then asked(code, idle) end
if tell == '1' then told('here', code, replica) end
return {{score(now), redis.call('ZRANGE', here(code), 0, -1, 'WITHSCORES')}}
""")

CLOSE = _with_common("close(ARGV[1])")
