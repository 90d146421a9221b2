using System.Globalization;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.JsonLines;

/// <summary>Writes the records of an export to a collection, in batches.</summary>
/// <param name="lines">The export, whose header was read.</param>
/// <param name="header">Its header.</param>
/// <param name="model">What the collection stores, which is what the header says.</param>
/// <param name="options">How large a batch is.</param>
/// <param name="progress">Told after each batch how many records were written.</param>
internal sealed class CollectionImport(LineReader lines, ExportHeader header, RecordModel model, CollectionImportOptions options, IProgress<long>? progress)
{
    /// <summary>Records may be large: a batch ends with the one that makes it so many bytes of lines.</summary>
    private const int BytesOfABatch = 16 << 20;

    private readonly JsonRowReader _rows = new(model);
    private Exception? _fault;
    private bool _isAtEnd;
    private long _written;

    /// <param name="write">Writes a batch.</param>
    /// <param name="cancellationToken">Ends the import between batches and lines.</param>
    /// <returns>How many records were written.</returns>
    /// <exception cref="InvalidDataException">A line is damaged, or lines are missing at the end. What stands before is written.</exception>
    public async Task<long> RunAsync(Func<PendingRows, Task> write, CancellationToken cancellationToken)
    {
        while (!_isAtEnd && _fault is null)
        {
            using PendingRows batch = new(model);
            header.Encoders.CopyTo(batch.Encoders, 0);
            await FillAsync(batch, cancellationToken).ConfigureAwait(false);
            if (batch.Count > 0)
            {
                await write(batch).ConfigureAwait(false);
                _written += batch.Count;
                progress?.Report(_written);
            }
        }

        ThrowIfFaulty();
        return _written;
    }

    private async Task FillAsync(PendingRows batch, CancellationToken cancellationToken)
    {
        try
        {
            for (int bytes = 0; batch.Count < options.BatchSize && bytes < BytesOfABatch;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (await lines.ReadAsync(cancellationToken).ConfigureAwait(false) is not { } line)
                {
                    _isAtEnd = true;
                    return;
                }

                _rows.Read(line.Span, batch);
                bytes += line.Length;
            }
        }
        catch (Exception exception) when (exception is not ObjectDisposedException && JsonRowReader.IsOfTheLine(exception))
        {
            // The lines before it are whole, and are written.
            _fault = exception;
        }
    }

    private void ThrowIfFaulty()
    {
        if (_fault is not null)
        {
            throw new InvalidDataException(
                string.Create(CultureInfo.InvariantCulture, $"Line {lines.Number} is damaged: {_fault.Message} The {_written:N0} records of the lines before it were imported, and stay."), _fault);
        }

        if (header.Records is { } expected && expected != _written)
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture, $"The export says that it has {expected:N0} records, and has {_written:N0}: its end is missing, or it was changed. Those were imported, and stay."));
        }
    }
}
