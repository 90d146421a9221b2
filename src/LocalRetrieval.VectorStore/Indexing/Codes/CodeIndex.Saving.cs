using System.Globalization;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Indexing.Codes;

/// <content>How the codes stand in a file.</content>
internal sealed partial class CodeIndex
{
    private const int Version = 1;

    public override string Format => string.Create(
        CultureInfo.InvariantCulture,
        $"codes {Version}: {_quantization}, {_measure.Name}, {_codes.Dimensions} of {_dimensions}, seed {_options.Seed}, rescored {_options.Rescoring}, recall {_options.TargetRecall}, oversampling {_options.Oversampling}");

    public override void Save(IndexOutput output, CancellationToken cancellationToken)
    {
        Oversampling oversampling = _oversampling;
        output.Write(oversampling.Factor);
        output.Write(oversampling.Rows);
        output.Write(oversampling.Recall);
        _codes.Save(output);
    }

    public override void Load(IndexInput input, VectorBlocks vectors)
    {
        Oversampling saved = _oversampling with { Factor = input.Read<double>(), Rows = input.Read<int>(), Recall = input.Read<double>() };
        if (!(saved.Factor is >= 1 and <= VectorIndexOptions.MaxOversampling) || saved.Rows < 0)
        {
            throw new InvalidDataException($"The oversampling is said to be {saved.Factor}, by {saved.Rows} rows.");
        }

        _codes.Load(input);
        _oversampling = saved;
    }
}
