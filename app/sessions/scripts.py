"""What Redis or Valkey does in one piece: scripts in Lua, and the names of the keys that they work on.

A session is a hash, and its key also the channel where changes of it are told. When each was used last and when it was
deleted are sorted sets, how large each is and how large all are is counted, and an owner's sessions are a set. All keys
are on one server: this is not for a cluster.
"""

from __future__ import annotations

from ..redis import PREFIX


def session(name: str) -> str:
    """The key of a session."""
    return f"{PREFIX}session:{name}"


def owned(owner: str) -> str:
    """The key of an owner's list."""
    return f"{PREFIX}owner:{owner}"


_KEYS = f"""
local function session(name) return '{session("")}' .. name end
local function owned(owner) return '{owned("")}' .. owner end
local function told(name, writer) redis.call('PUBLISH', session(name), 'session ' .. name .. ' ' .. writer) end
local used, deleted, sizes, total = '{PREFIX}used', '{PREFIX}deleted', '{PREFIX}sizes', '{PREFIX}bytes'
"""


def _on_keys(script: str) -> str:
    return _KEYS + script


SAVE = _on_keys("""
local name, before, revision, writer, at, week_ago, moved = unpack(ARGV, 1, 7)
local next_one = 8
local function pairs_of() -- a count, then so many names and values
  local first = next_one + 1
  next_one = first + ARGV[next_one] * 2
  return first, next_one - 1
end

local found = redis.call('HMGET', session(name), 'revision', 'deleted', 'writer')
if (not found[1] or found[2]) and before ~= '' then return 'gone' end
if found[1] and before ~= found[1] and (writer == '' or writer ~= found[3]) then return 'stale' end

local first, last = pairs_of()
for i = first, last, 2 do redis.call('ZADD', used, 'XX', 'GT', ARGV[i + 1], ARGV[i]) end
first, last = pairs_of()
if not found[1] then
  redis.call('HSET', session(name), unpack(ARGV, first, last))
  local owner = redis.call('HGET', session(name), 'owner')
  if owner ~= '' then redis.call('SADD', owned(owner), name) end
end
first, last = pairs_of()
redis.call('HSET', session(name), 'revision', revision, 'writer', writer, unpack(ARGV, first, last))
redis.call('ZADD', used, at, name)
told(name, writer)
if moved == '1' then return {0, 0, 0} end -- it is about as large as it was, which is counted soon again

local size = 0
for _, part in ipairs({'content', 'data', 'numbers', 'position'}) do
  size = size + redis.call('HSTRLEN', session(name), part)
end
redis.call('HSET', session(name), 'bytes', size)
redis.call('INCRBY', total, size - (redis.call('HGET', sizes, name) or 0))
redis.call('HSET', sizes, name, size)
local all = tonumber(redis.call('GET', total))
return {redis.call('ZCARD', used), all, redis.call('ZCOUNT', deleted, '-inf', '(' .. week_ago)}
""")

NEWER = _on_keys("""
local name, revision, writer, edited, computed = unpack(ARGV)
local found = redis.call('HMGET', session(name), 'revision', 'deleted', 'writer', 'edited', 'computed')
if not found[1] or found[2] then return 'gone' end
if found[1] == revision or (writer ~= '' and found[3] == writer) then return 'known' end
if found[4] ~= edited then return {found[1], false, false, false} end
local parts = redis.call('HMGET', session(name), 'position', found[5] == computed and '' or 'numbers')
return {found[1], found[5], parts[1], parts[2]}
""")

MARK = _on_keys("""
local name, owner, field, value, alive = unpack(ARGV, 1, 5)
local found = redis.call('HMGET', session(name), 'owner', 'deleted')
if found[1] ~= owner or (alive == '1' and found[2]) then return false end
if field == 'deleted' then
  if value == '' then redis.call('ZREM', deleted, name) else redis.call('ZADD', deleted, value, name) end
end
if field == 'deleted' then told(name, '') end
if field == 'deleted' and value == '' then
  redis.call('HDEL', session(name), field)
else
  redis.call('HSET', session(name), field, value)
end
return redis.call('HMGET', session(name), unpack(ARGV, 6))
""")

WEIGH = _on_keys("""
return {redis.call('ZRANGE', used, 0, -1, 'WITHSCORES'), redis.call('ZRANGE', deleted, 0, -1, 'WITHSCORES'),
  redis.call('HGETALL', sizes)}
""")

FORGET = _on_keys("""
for _, name in ipairs(ARGV) do
  redis.call('SREM', owned(redis.call('HGET', session(name), 'owner') or ''), name)
  redis.call('DECRBY', total, redis.call('HGET', sizes, name) or 0)
  redis.call('HDEL', sizes, name)
  redis.call('ZREM', used, name)
  redis.call('ZREM', deleted, name)
  redis.call('DEL', session(name))
  told(name, '')
end
""")
