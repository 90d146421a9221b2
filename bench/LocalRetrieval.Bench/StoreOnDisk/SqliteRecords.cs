using System.Diagnostics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using LocalRetrieval.Bench.Searching;
using Microsoft.Data.Sqlite;

namespace LocalRetrieval.Bench.StoreOnDisk;

/// <summary>The same records in a table of SQLite with the same indexes, and a log that is written ahead.</summary>
internal sealed class SqliteRecords : IDisposable
{
    /// <summary>Flushed now and then: what <see cref="VectorData.Durability.Process"/> is.</summary>
    public const string Normal = "NORMAL";

    /// <summary>Flushed with each commit: what <see cref="VectorData.Durability.Disk"/> is.</summary>
    public const string Full = "FULL";

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _upsert;

    /// <param name="folder">Where the database is, or is made.</param>
    /// <param name="synchronous">When it is flushed.</param>
    public SqliteRecords(BenchFolder folder, string synchronous)
    {
        _connection = new SqliteConnection($"Data Source={Path.Combine(folder.Path, "records.db")};Pooling=False");
        _connection.Open();
        Run("PRAGMA journal_mode=WAL");
        Run($"PRAGMA synchronous={synchronous}");
        Run("CREATE TABLE IF NOT EXISTS records (key INTEGER PRIMARY KEY, hundredth INTEGER, tenthousandth INTEGER, text TEXT, vector BLOB)");
        Run("CREATE INDEX IF NOT EXISTS hundredths ON records (hundredth)");
        Run("CREATE INDEX IF NOT EXISTS tenthousandths ON records (tenthousandth)");
        _upsert = _connection.CreateCommand();
        _upsert.CommandText = "INSERT OR REPLACE INTO records VALUES ($key, $hundredth, $tenthousandth, $text, $vector)";
        foreach (string name in new[] { "$key", "$hundredth", "$tenthousandth", "$text", "$vector" })
        {
            _upsert.Parameters.AddWithValue(name, DBNull.Value);
        }
    }

    /// <summary>Writes records to a fresh database.</summary>
    /// <returns>How many a second were committed.</returns>
    public static double MeasureUpserts(string? parent, string synchronous, BenchRecord[] records, int recordsATransaction)
    {
        using BenchFolder folder = new(parent);
        using SqliteRecords database = new(folder, synchronous);
        GC.Collect();
        long start = Stopwatch.GetTimestamp();
        database.Upsert(records, recordsATransaction);
        return records.Length / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public void Upsert(BenchRecord[] records, int recordsATransaction)
    {
        for (int start = 0; start < records.Length; start += recordsATransaction)
        {
            using SqliteTransaction transaction = _connection.BeginTransaction();
            _upsert.Transaction = transaction;
            for (int i = start; i < Math.Min(records.Length, start + recordsATransaction); i++)
            {
                Upsert(records[i]);
            }

            transaction.Commit();
        }
    }

    /// <summary>The text of a record.</summary>
    public string? Find(int key)
    {
        using SqliteCommand find = _connection.CreateCommand();
        find.CommandText = "SELECT text FROM records WHERE key = $key";
        find.Parameters.AddWithValue("$key", key);
        return (string?)find.ExecuteScalar();
    }

    /// <summary>The keys of the nearest records: all vectors are read and compared here.</summary>
    public int[] Search(ReadOnlyMemory<float> query, int top)
    {
        PriorityQueue<int, float> best = new();
        using SqliteCommand all = _connection.CreateCommand();
        all.CommandText = "SELECT key, vector FROM records";
        using SqliteDataReader reader = all.ExecuteReader();
        while (reader.Read())
        {
            float score = TensorPrimitives.CosineSimilarity(query.Span, MemoryMarshal.Cast<byte, float>((byte[])reader.GetValue(1)));
            if (best.Count < top)
            {
                best.Enqueue(reader.GetInt32(0), score);
            }
            else
            {
                best.EnqueueDequeue(reader.GetInt32(0), score);
            }
        }

        return [.. best.UnorderedItems.OrderByDescending(item => item.Priority).Select(item => item.Element)];
    }

    public void Dispose()
    {
        _upsert.Dispose();
        _connection.Dispose();
    }

    private void Upsert(BenchRecord record)
    {
        _upsert.Parameters[0].Value = record.Key;
        _upsert.Parameters[1].Value = record.Hundredth;
        _upsert.Parameters[2].Value = record.TenThousandth;
        _upsert.Parameters[3].Value = record.Text;
        _upsert.Parameters[4].Value = MemoryMarshal.AsBytes(record.Vector.Span).ToArray();
        _upsert.ExecuteNonQuery();
    }

    private void Run(string command)
    {
        using SqliteCommand run = _connection.CreateCommand();
        run.CommandText = command;
        run.ExecuteNonQuery();
    }
}
