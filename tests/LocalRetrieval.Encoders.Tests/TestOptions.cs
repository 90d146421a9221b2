namespace LocalRetrieval.Encoders.Tests;

/// <summary>Options of each kind of encoder.</summary>
internal static class TestOptions
{
    internal sealed class Encoder : EncoderOptions;

    internal sealed class Dense : DenseEncoderOptions
    {
        public Dense()
        {
        }

        public Dense(DenseEncoderOptions other)
            : base(other)
        {
        }
    }

    internal sealed class Sparse : SparseEncoderOptions
    {
        public Sparse()
        {
        }

        public Sparse(SparseEncoderOptions other)
            : base(other)
        {
        }
    }

    internal sealed class CrossEncoder : CrossEncoderOptions
    {
        public CrossEncoder()
        {
        }

        public CrossEncoder(CrossEncoderOptions other)
            : base(other)
        {
        }
    }
}
