using System.Globalization;

namespace LocalRetrieval.VectorData;

/// <summary>What <see cref="LocalVectorStore.VerifyAsync"/> found in a collection's files.</summary>
public sealed record CollectionVerification
{
    /// <summary>The files that the collection is read from, each with what was found. What was put aside is not among them: that it is broken is known.</summary>
    public IReadOnlyList<VerifiedFile> Files { get; init; } = [];

    /// <summary>How many bytes the files have.</summary>
    public long Bytes => Files.Sum(file => file.Bytes);

    /// <summary>How many frames of logs are whole.</summary>
    public long Frames => Files.Sum(file => file.Frames);

    /// <summary>How many rows stand in them: of a record one each time that it was written, those that were replaced or deleted later included.</summary>
    public long Rows => Files.Sum(file => file.Rows);

    /// <summary>What is damaged, in words, a line for each file; null where nothing is.</summary>
    public string? Damage => Files.Any(file => file.Damage is not null) ? string.Join(Environment.NewLine, Files.Select(file => file.Damage).OfType<string>()) : null;

    /// <summary>The figures in a line, and then the damage.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Bytes:N0} bytes, {Frames:N0} frames, {Rows:N0} rows: {(Damage is { } damage ? $"damaged{Environment.NewLine}{damage}" : "no damage")}");
}
