using System.Globalization;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag;

/// <summary>What a manifest holds of a source: all that says whether it must be read again.</summary>
internal sealed class SourceRecord
{
    /// <summary>The passages are as the record says.</summary>
    public const string Done = "done";

    /// <summary>The passages are being changed, so that they may be neither the old nor the new ones.</summary>
    public const string Started = "started";

    /// <summary>The source has another name, under which its passages are there; these are to be deleted.</summary>
    public const string Moved = "moved";

    // In the state, since stores need not take another property in a collection that is there.
    private const string Kept = ", kept at ";

    /// <summary>The key in a collection whose keys are text.</summary>
    public string Key { get; set; } = "";

    /// <summary>The key in a collection whose keys are UUIDs.</summary>
    public Guid Id { get; set; }

    /// <summary>The scope that owns the source.</summary>
    public string Scope { get; set; } = "";

    /// <summary>The record's place in its scope, from 0 and without gaps, of which its key follows; below 0 before it has one.</summary>
    public int Slot { get; set; } = -1;

    /// <summary>The source's name.</summary>
    public string Source { get; set; } = "";

    /// <summary><see cref="Done"/> or <see cref="Started"/>, either also as <see cref="Keep"/> makes it; or <see cref="Moved"/>.</summary>
    public string State { get; set; } = Started;

    /// <summary>The file's length in bytes.</summary>
    public long ByteLength { get; set; }

    /// <summary>When the file was last written, in UTC ticks.</summary>
    public long Modified { get; set; }

    /// <summary>When the file's bytes were last looked at, in UTC ticks.</summary>
    public long Checked { get; set; }

    /// <summary>SHA-256 of the file's bytes, in hexadecimal.</summary>
    public string Hash { get; set; } = "";

    /// <summary>The reader and its version, such as <c>Markdown 1</c>.</summary>
    public string Reader { get; set; } = "";

    /// <summary>SHA-256 of what else decides how the file is read and cut.</summary>
    public string Settings { get; set; } = "";

    /// <summary>What the encoder is known by.</summary>
    public string Encoder { get; set; } = "";

    /// <summary>How many passages there are; while they are being changed, the most that there may be.</summary>
    public int Passages { get; set; }

    /// <summary>Stores that search want a vector in every record; this one says nothing.</summary>
    public ReadOnlyMemory<float> Vector { get; set; } = new float[] { 1, 0 };

    public bool IsDone => State == Done || State.StartsWith(Done + Kept, StringComparison.Ordinal);

    /// <summary>Where the source is gone and a run refused to delete it: the share of the scope that was gone, in percent and rounded up; null otherwise.</summary>
    public int? KeptAt =>
        State.IndexOf(Kept, StringComparison.Ordinal) is >= 0 and int index && int.TryParse(State.AsSpan(index + Kept.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int percent)
            ? percent
            : null;

    /// <summary>A copy that says with which share of the scope it was gone when a run refused to delete it.</summary>
    /// <param name="percent">The share, in percent and rounded up.</param>
    public SourceRecord Keep(int percent) => With(string.Create(CultureInfo.InvariantCulture, $"{(IsDone ? Done : Started)}{Kept}{percent}"), Passages);

    /// <summary>A copy in another state.</summary>
    public SourceRecord With(string state, int passages)
    {
        SourceRecord copy = (SourceRecord)MemberwiseClone();
        copy.State = state;
        copy.Passages = passages;
        return copy;
    }

    /// <summary>The definition of a collection of these, of properties that every store has.</summary>
    public static VectorStoreCollectionDefinition CreateDefinition(Type keyType) => new()
    {
        Properties =
        [
            new VectorStoreKeyProperty(keyType == typeof(Guid) ? nameof(Id) : nameof(Key), keyType),
            new VectorStoreDataProperty(nameof(Scope), typeof(string)),
            new VectorStoreDataProperty(nameof(Slot), typeof(int)),
            new VectorStoreDataProperty(nameof(Source), typeof(string)),
            new VectorStoreDataProperty(nameof(State), typeof(string)),
            new VectorStoreDataProperty(nameof(ByteLength), typeof(long)),
            new VectorStoreDataProperty(nameof(Modified), typeof(long)),
            new VectorStoreDataProperty(nameof(Checked), typeof(long)),
            new VectorStoreDataProperty(nameof(Hash), typeof(string)),
            new VectorStoreDataProperty(nameof(Reader), typeof(string)),
            new VectorStoreDataProperty(nameof(Settings), typeof(string)),
            new VectorStoreDataProperty(nameof(Encoder), typeof(string)),
            new VectorStoreDataProperty(nameof(Passages), typeof(int)),
            new VectorStoreVectorProperty(nameof(Vector), typeof(ReadOnlyMemory<float>), 2),
        ],
    };
}
