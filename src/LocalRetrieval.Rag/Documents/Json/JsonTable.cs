using System.Text.Json;

namespace LocalRetrieval.Rag;

/// <summary>Tells arrays that are better shown as tables.</summary>
internal static class JsonTable
{
    private const int MaxColumns = 64;

    /// <summary>The columns of an array of two or more objects of short plain values, most of which have most keys; null for any other.</summary>
    /// <remarks>Reads no further than the first value that is not plain, so that nothing is looked at twice on each level.</remarks>
    public static List<string>? ColumnsOf(Utf8JsonReader reader, int maxCellLength, CancellationToken cancellationToken)
    {
        List<string> columns = [];
        HashSet<string> keys = [];
        int rows = 0;
        long cells = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (++rows % 256 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            keys.Clear();
            if (reader.TokenType != JsonTokenType.StartObject || !ReadRow(ref reader, maxCellLength, columns, keys))
            {
                return null;
            }

            cells += keys.Count;
        }

        return rows > 1 && columns.Count > 0 && cells * 2 >= (long)rows * columns.Count ? columns : null;
    }

    private static bool ReadRow(ref Utf8JsonReader reader, int maxCellLength, List<string> columns, HashSet<string> keys)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string key = JsonScalars.TextOf(ref reader);
            if (!reader.Read() || reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray
                || reader.ValueSpan.Length > maxCellLength || !keys.Add(key) || key.Length > maxCellLength)
            {
                return false;
            }

            if (!columns.Contains(key))
            {
                if (columns.Count == MaxColumns)
                {
                    return false;
                }

                columns.Add(key);
            }
        }

        return true;
    }
}
