namespace LocalRetrieval.Tokenizers.Decoders;

/// <summary>"Fuse": makes one token of all.</summary>
internal sealed class FuseDecoder : Decoder
{
    public override void Decode(List<string> tokens)
    {
        string fused = string.Concat(tokens);
        tokens.Clear();
        tokens.Add(fused);
    }
}
