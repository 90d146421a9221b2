using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.JsonLines;

/// <summary>Writes the records of a snapshot as JSON Lines: a header, and a line for each record, in the order in which they were written.</summary>
/// <param name="collection">The collection's name.</param>
/// <param name="model">What it stores.</param>
/// <param name="snapshot">The records.</param>
/// <param name="records">How many there are.</param>
internal sealed class CollectionExport(string collection, RecordModel model, TableSnapshot snapshot, int records)
{
    /// <summary>Leaves letters of all languages as they are.</summary>
    public static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    private const int BytesAtOnce = 1 << 16;

    private readonly ArrayBufferWriter<byte> _lines = new(2 * BytesAtOnce);
    private long _written;

    /// <returns>How many records were written.</returns>
    public async Task<long> WriteAsync(Stream destination, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        JsonRowWriter rows = new(model, snapshot);
        using Utf8JsonWriter writer = new(_lines, new JsonWriterOptions { Encoder = Encoder });
        ExportHeader.Write(writer, collection, model, records, snapshot.Encoders);
        EndLine(writer);
        for (int index = 0; index < snapshot.Count; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (snapshot.GetVisible(index) is { } row)
            {
                rows.Write(writer, row);
                EndLine(writer);
                _written++;
            }

            if (_lines.WrittenCount >= BytesAtOnce)
            {
                await SendAsync(destination, progress, cancellationToken).ConfigureAwait(false);
            }
        }

        await SendAsync(destination, progress, cancellationToken).ConfigureAwait(false);
        await destination.FlushAsync(cancellationToken).ConfigureAwait(false);
        return _written;
    }

    private void EndLine(Utf8JsonWriter writer)
    {
        writer.Flush();
        writer.Reset();
        _lines.Write("\n"u8);
    }

    private async Task SendAsync(Stream destination, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        await destination.WriteAsync(_lines.WrittenMemory, cancellationToken).ConfigureAwait(false);
        _lines.ResetWrittenCount();
        progress?.Report(_written);
    }
}
