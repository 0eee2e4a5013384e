"""The acquirer and the insurance platform as two separate HTTP programs (docs/platforms.md).

Talks to the backend and to the virtual card terminal over loopback HTTP. It imports no product
package: one mistake in shared code would satisfy both ends of the wire.
"""
